import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '#libs/runtime';
import { declarationOf } from './declaration.js';

describe('what a configuration declares', () => {
  it('spells addresses as interactions name them, so that a mailbox leads to its group', () => {
    const mailboxes = [{ address: 'Sales@Bücher.example', group: 'Sales', autoCreate: null }];
    const agents = [{ email: 'Ana@ACME.example', name: 'Ana', groups: ['Sales'], extension: '201' }];
    const configuration = { account: {}, groups: [], apiKeys: [], mailboxes, agents } as unknown as Configuration;
    expect(declarationOf(configuration)).toMatchObject({
      endpoints: [{ kind: 'mailbox', address: 'sales@xn--bcher-kva.example', group: 'Sales' }],
      agents: [{ email: 'ana@acme.example', extensions: ['201'] }],
    });
  });
});
