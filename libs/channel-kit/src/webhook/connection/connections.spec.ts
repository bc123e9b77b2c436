import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError, loadConfiguration } from '#libs/runtime';
import { checkConnections, connectionsOf } from './connections.js';

const SIGNING = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
const TOKEN = '0123456789abcdef0123456789abcdef';
const TWILIO = `provider: twilio, key: main, authToken: '${TOKEN}', accountSid: AC${TOKEN}, publicUrl: https://hooks.acme.example`;
const PBX = `provider: zammad, key: pbx, secret: ${TOKEN}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'casewright-connections-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(yaml: string) {
  const file = path.join(folder, 'casewright.yml');
  await writeFile(file, yaml);
  return loadConfiguration({ CASEWRIGHT_CONFIG: file }, checkConnections);
}

async function problemsOf(yaml: string): Promise<Record<string, string>> {
  try {
    await load(yaml);
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return Object.fromEntries(error.problems.map(({ path: at, problem }) => [at, problem]));
    }
    throw error;
  }
  return {};
}

/** Entries of `telephony:`, and one mistake: its path, and a word of what is said about it. */
const MISTAKES: readonly (readonly [string, string, RegExp])[] = [
  [`{ ${PBX}, colour: blue }`, 'telephony[0].colour', /not a known setting/],
  [`{ ${PBX}, recordngs: none }`, 'telephony[0].recordngs', /did you mean recordings/],
  [`{ ${PBX}, accountSid: AC${TOKEN} }`, 'telephony[0].accountSid', /not a known setting/],
  ['{ provider: twillio, key: main }', 'telephony[0].provider', /did you mean twilio/],
  ['{ provider: constructor, key: main }', 'telephony[0].provider', /known are generic, zammad/],
  [`{ ${PBX.replace('key: pbx', 'key: Main')} }`, 'telephony[0].key', /small letters/],
  [`{ ${PBX.replace('key: pbx', `key: ${'x'.repeat(41)}`)} }`, 'telephony[0].key', /small letters/],
  [`{ ${PBX} }\n  - { ${PBX} }`, 'telephony[1].key', /the same as telephony\[0\]/],
  [`{ ${PBX}, group: Nobody }`, 'telephony[0].group', /no group of this name/],
  [
    `{ ${PBX}, numbers: [ { number: '210', group: Suport } ] }`,
    'telephony[0].numbers[0].group',
    /did you mean Support/,
  ],
  [`{ ${PBX}, country: Portugal }`, 'telephony[0].country', /./],
  [`{ ${PBX}, autoCreate: [everything] }`, 'telephony[0].autoCreate', /./],
  [`{ ${PBX}, numbers: [ { number: 351210000000 } ] }`, 'telephony[0].numbers[0].number', /in quotes/],
  [`{ ${PBX}, numbers: [ { number: '201', lable: Sales } ] }`, 'telephony[0].numbers[0].lable', /did you mean label/],
  [`{ ${PBX}, numbers: [ { number: '201', defaultPriority: huge } ] }`, 'telephony[0].numbers[0].defaultPriority', /./],
  [
    `{ ${PBX}, numbers: [ { number: '+351 210 000 000' } ] }\n  - { ${TWILIO}, numbers: [ { number: '00351210000000' } ] }`,
    'telephony[1].numbers[0].number',
    /the same as telephony\[0\]/,
  ],
  [
    `{ ${PBX}, country: PT, numbers: [ { number: '210000000' } ] }\n  - { ${TWILIO}, numbers: [ { number: '+351210000000' } ] }`,
    'telephony[1].numbers[0].number',
    /the same line as telephony\[0\]/,
  ],
  [`{ ${PBX}, recordingHosts: ['https://pbx.acme.local'] }`, 'telephony[0].recordingHosts', /without https/],
  [`{ ${PBX}, recordingHosts: [pbx.acme.local/rec] }`, 'telephony[0].recordingHosts', /hosts alone/],
  [`{ ${PBX}, maxRecordingMegabytes: 0 }`, 'telephony[0].maxRecordingMegabytes', /./],
  [`{ ${PBX}, recordings: all }`, 'telephony[0].recordings', /./],
  [`{ ${PBX}, transcripts: mine }`, 'telephony[0].transcripts', /./],
  [`{ ${PBX}, numberFormat: roman }`, 'telephony[0].numberFormat', /./],
  [`{ ${PBX}, allowedNetworks: [192.0.2.0/33] }`, 'telephony[0].allowedNetworks', /networks/],
  [`{ ${PBX}, allowedNetworks: [everywhere] }`, 'telephony[0].allowedNetworks', /networks/],
  [`{ ${PBX}, silentAfterHours: never }`, 'telephony[0].silentAfterHours', /./],
  ['{ provider: zammad, key: pbx }', 'telephony[0].secret', /is missing/],
  ['{ provider: zammad, key: pbx, secret: short }', 'telephony[0].secret', /16 characters/],
  [`{ ${PBX}, previousSecret: ${TOKEN} }`, 'telephony[0].previousSecret', /must differ/],
  [`{ provider: generic, key: pbx, secret: ${TOKEN} }`, 'telephony[0].secret', /whsec_/],
  [`{ ${TWILIO.replace('AC0', 'XX0')} }`, 'telephony[0].accountSid', /AC and 32/],
  [`{ ${TWILIO}, api: { apiKey: SK1, apiSecret: ${TOKEN} } }`, 'telephony[0].api.apiKey', /SK and 32/],
  [`{ ${TWILIO.replace(', publicUrl: https://hooks.acme.example', '')} }`, 'telephony[0].publicUrl', /is missing/],
  [`{ ${TWILIO.replace('https:', 'http:')} }`, 'telephony[0].publicUrl', /https/],
  [`{ ${TWILIO.replace('.example', '.example/webhooks/twilio/main')} }`, 'telephony[0].publicUrl', /before \/webhooks/],
  [`{ ${TWILIO.replace('.example', '.example?x=1')} }`, 'telephony[0].publicUrl', /no query/],
  [`{ ${TWILIO.replace('https://', 'https://me:you@')} }`, 'telephony[0].publicUrl', /login/],
];

describe('what is wrong with a connection', () => {
  it.each(MISTAKES)('%s', async (entries, at, words) => {
    const problems = await problemsOf(`telephony:\n  - ${entries}\n`);
    expect(Object.keys(problems)).toEqual([at]);
    expect(problems[at]).toMatch(words);
    expect(JSON.stringify(problems)).not.toContain(TOKEN);
  });

  it('is told all at once, and an agent of a connection that is not there too', async () => {
    const agents = "agents: [ { email: ana@acme.example, name: Ana, telephony: { twilio/other: ['client:ana'] } } ]";
    const entries = `telephony:\n  - { ${PBX}, group: Nobody, colour: blue }\n  - { provider: generic, key: pbx, secret: short }\n`;
    expect(Object.keys(await problemsOf(entries + agents)).sort()).toEqual([
      'agents[0].telephony.twilio/other',
      'telephony[0].colour',
      'telephony[0].group',
      'telephony[1].secret',
    ]);
  });

  it('is nothing, where everything that can be set is', async () => {
    const { account, agents } = await load(`
account:
  callAttachWindowMinutes: 120
  missedCallCoalesceMinutes: 5
  callMaxDurationHours: 2
  callSettleSeconds: 0
  shortCallSeconds: 4
  backStops: { withheldCasesPerHour: 3 }
  texts: { missed: 'Chamada perdida de {who}, {time}', withheld: número oculto }
agents:
  - { email: ana@acme.example, name: Ana, extensions: ['201'], phones: ['+351 910 000 001'], telephony: { twilio/main: ['client:ana'] } }
telephony:
  - { ${TWILIO}, previousSecret: '${TOKEN.replace('0', '1')}', api: { apiKey: SK${TOKEN}, apiSecret: ${TOKEN} }, group: Support, country: DE, numberFormat: mixed, recordings: none, transcripts: none, recordingHosts: [pbx.acme.local, '10.0.0.7', 'pbx:8443'], maxRecordingMegabytes: 5, allowedNetworks: [192.0.2.0/24, '2001:db8::/32'], silentAfterHours: 8, autoCreate: [voicemail], numbers: [ { number: '+351210000000', label: Support line, group: Support, country: PT, autoCreate: [], defaultPriority: high, defaultType: question, moveToAgentsGroup: true, mailboxes: ['2001'] } ] }
  - { provider: generic, key: pbx, secret: ${SIGNING}, publicUrl: 'http://localhost:3000' }
trustedProxies: [127.0.0.1, 10.0.0.0/8]
`);
    expect(account).toMatchObject({
      callAttachWindowMinutes: 120,
      callSettleSeconds: 0,
      texts: { withheld: 'número oculto' },
    });
    expect(agents).toMatchObject([{ extensions: ['201'], telephony: { 'twilio/main': ['client:ana'] } }]);
  });

  it('is in a text of the account that names anything but who and when', async () => {
    expect(await problemsOf("account: { texts: { missed: 'Call of {caller}', greeting: Hello } }")).toMatchObject({
      'account.texts.missed': expect.stringContaining('{who}'),
      'account.texts.greeting': expect.stringContaining('not a known setting'),
    });
  });
});

describe('the connections of a configuration', () => {
  it('have the settings of their providers, with what those leave open', async () => {
    const configuration = await load(`
account: { defaultCountry: PT }
telephony:
  - { ${TWILIO}, numbers: [ { number: '+49 30 1234567', country: DE } ] }
  - { provider: generic, key: pbx, secret: ${SIGNING}, country: ES }
`);
    const connections = connectionsOf(configuration);
    expect([...connections.keys()]).toEqual(['twilio/main', 'generic/pbx']);
    expect(connections.get('twilio/main')).toMatchObject({
      connection: { publicUrl: 'https://hooks.acme.example', settings: { authToken: TOKEN, previousSecret: null } },
      country: 'PT',
      countries: new Map([['+49301234567', 'DE']]),
      numberFormat: 'e164',
      recordings: 'store',
    });
    expect(connections.get('generic/pbx')).toMatchObject({
      connection: { publicUrl: null, settings: { hmac: null } },
      country: 'ES',
      numberFormat: 'mixed',
    });
  });
});
