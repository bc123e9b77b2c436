import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '#libs/runtime';
import { examineConnections } from './examine-connections.js';

const found = (entry: object) =>
  examineConnections({ telephony: [entry], contacts: [], forms: [] } as unknown as Configuration)[0];

describe('the addresses to enter at a telephone system', () => {
  it('are those that it calls, without a secret', () => {
    const twilio = { provider: 'twilio', key: 'main', publicUrl: 'https://hooks.acme.example/', authToken: 'hidden' };
    expect(found(twilio)).toEqual({
      what: 'webhook twilio/main',
      state: 'ok',
      detail:
        'enter https://hooks.acme.example/webhooks/twilio/main/calls for calls, ' +
        'https://hooks.acme.example/webhooks/twilio/main/voicemails for voicemails',
    });
    const pbx = found({ provider: 'zammad', key: 'pbx', publicUrl: 'https://acme.example/in', secret: 'hidden' });
    expect(pbx?.detail).toContain('https://acme.example/in/webhooks/zammad/pbx/calls/SECRET');
  });

  it('are known by their path alone where nobody says how we are reached', () => {
    expect(found({ provider: 'generic', key: 'pbx', publicUrl: null })).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining('publicUrl'),
    });
  });
});
