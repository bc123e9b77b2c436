import { describe, expect, it } from '@jest/globals';
import type { Configuration } from '#libs/runtime';
import { declarationOf } from './declaration.js';

function aConfiguration(overrides: object): Configuration {
  const account = { defaultCountry: 'PT', defaultGroup: 'Everything' };
  return {
    account,
    groups: [],
    apiKeys: [],
    mailboxes: [],
    agents: [],
    telephony: [],
    contacts: [],
    forms: [],
    ...overrides,
  } as unknown as Configuration;
}

function aLine(number: string, overrides: object = {}): object {
  const settings = { label: null, group: null, country: null, autoCreate: null, mailboxes: [] };
  return { ...settings, number, moveToAgentsGroup: false, ...overrides };
}

describe('what a configuration declares', () => {
  it('spells addresses as interactions name them, so that a mailbox leads to its group', () => {
    const mailboxes = [{ address: 'Sales@Bücher.example', group: 'Sales', autoCreate: null }];
    const agents = [
      {
        email: 'Ana@ACME.example',
        name: 'Ana',
        groups: ['Sales'],
        extension: '201',
        extensions: ['202', '201'],
        phones: ['910 000 001'],
        telephony: { 'twilio/main': ['client:ana'] },
      },
    ];
    expect(declarationOf(aConfiguration({ mailboxes, agents }))).toMatchObject({
      endpoints: [{ kind: 'mailbox', address: 'sales@xn--bcher-kva.example', group: 'Sales' }],
      agents: [
        {
          email: 'ana@acme.example',
          extensions: ['201', '202'],
          phones: ['+351910000001'],
          telephony: { 'twilio/main': ['client:ana'] },
        },
      ],
    });
  });

  it('has a line for each number in one spelling, and one for all that a connection does not list', () => {
    const telephony = [
      {
        provider: 'twilio',
        key: 'main',
        group: 'Support',
        country: null,
        autoCreate: ['voicemail'],
        numbers: [
          aLine('210 000 000', { label: 'Hotline', mailboxes: ['2001'] }),
          aLine('+49 30 1234567', { group: 'Sales', country: 'DE', autoCreate: [], moveToAgentsGroup: true }),
        ],
      },
      { provider: 'zammad', key: 'pbx', group: null, country: 'DE', numbers: [aLine('00351210000000'), aLine('2001')] },
    ];
    expect(declarationOf(aConfiguration({ telephony })).endpoints).toMatchObject([
      { address: '+351210000000', group: 'Support', country: 'PT', autoCreate: ['voicemail'], label: 'Hotline' },
      { address: '+49301234567', group: 'Sales', country: 'DE', autoCreate: [], moveToAgentsGroup: true },
      { address: 'twilio/main', group: 'Support', autoCreate: ['voicemail'], connection: 'twilio/main' },
      { address: '2001', group: 'Everything', country: 'DE', connection: 'zammad/pbx' },
    ]);
  });
});
