import { describe, expect, it } from '@jest/globals';
import { example, readOf, sentBy, toldBy } from './testing/senders.js';

const MARIA = { emails: [{ value: 'maria@loja.example' }], phones: [{ value: '+351210000001' }] };

describe('what directories tell', () => {
  it('generic: verified is believed only where the entry says so', () => {
    const emails = [{ value: 'Maria@Loja.example', verified: true, label: 'work' }];
    const event = { id: 'e', type: 'contact.upserted', occurred_at: '2026-03-02T09:00:00Z', external_id: 'x', emails };
    const read = { value: 'maria@loja.example', raw: 'Maria@Loja.example', label: 'work' };
    expect(toldBy('generic', JSON.stringify(event))).toMatchObject([{ emails: [read] }]);
    const [fact] = toldBy('generic', JSON.stringify(event));
    expect(JSON.stringify(fact)).not.toContain('verified');
    const trusting = toldBy('generic', JSON.stringify(event), { trustsVerified: true });
    expect(trusting).toMatchObject([{ emails: [{ ...read, verified: true }] }]);
    expect(toldBy('generic', example('generic', 'erase'), { mayErase: false })).toMatchObject([{ mayErase: false }]);
  });

  it('generic: absent leaves, null clears', () => {
    const event = { id: 'e', type: 'contact.upserted', occurred_at: '2026-03-02T09:00:00Z', external_id: 'x' };
    const [fact] = toldBy('generic', JSON.stringify({ ...event, name: null, phones: [], complete: true }));
    expect(fact).toMatchObject({ name: null, phones: null, complete: true });
    expect(fact).not.toHaveProperty('company');
    expect(fact).not.toHaveProperty('emails');
  });

  it.each([
    ['an address that is none', { emails: ['nobody'] }, '/emails/0'],
    ['a number that is none', { phones: [{ value: 'anonymous' }] }, '/phones/0/value'],
    ['21 addresses', { emails: Array.from({ length: 21 }, (_, at) => `a${at}@b.example`) }, '/emails'],
    ['no key', { external_id: undefined }, '/external_id'],
    ['a time without a zone', { occurred_at: '2026-03-02T09:00:00' }, '/occurred_at'],
    [
      'a text of more than 64 KiB',
      { type: 'contact.request', request_id: 'q', subject: 's', text: 'é'.repeat(40_000) },
      '/text',
    ],
  ])('generic: refuses %s by its place', (_, wrong, pointer) => {
    const event = {
      id: 'e',
      type: 'contact.upserted',
      occurred_at: '2026-03-02T09:00:00Z',
      external_id: 'x',
      ...wrong,
    };
    const read = readOf('generic', sentBy('generic', JSON.stringify(event)));
    expect(read.ok ? [] : read.problems.map((one) => one.pointer)).toEqual([pointer]);
  });

  it('hubspot: a contact is portal and object; a new email replaces the old one, half a name is half a name', () => {
    const contact = { integration: 'crm', externalId: '62515:100' };
    expect(toldBy('hubspot')).toMatchObject([
      { kind: 'upserted', contact, origin: { at: '2026-03-02T09:00:00.000Z' } },
      { contact, emails: null, origin: { part: 0 } },
      { contact, emails: [{ value: 'maria@loja.example' }], origin: { part: 1 } },
      { contact, givenName: 'Maria' },
    ]);
    expect(toldBy('hubspot', example('hubspot', 'merge'))).toMatchObject([
      { kind: 'merged', contact: { externalId: '62515:101' }, mergedExternalIds: ['62515:100', '62515:77'] },
    ]);
    expect(toldBy('hubspot', example('hubspot', 'erase'))).toMatchObject([{ kind: 'erased', contact, mayErase: true }]);
  });

  it('hubspot: another attempt is the same event, our own echo is none', () => {
    const ids = (body: string) => toldBy('hubspot', body).map(({ id }) => id);
    const body = example('hubspot', 'upsert');
    expect(ids(body.replaceAll(/"attemptNumber": ?0/g, '"attemptNumber":3'))).toEqual(ids(body));
    const read = readOf('hubspot', sentBy('hubspot', body.replaceAll('userId:7', 'userId:9')));
    expect(read.ok && read.events.map(({ note }) => note)).toEqual(Array(3).fill('own-echo: userId:9'));
  });

  it('pipedrive: a person whole, the one that a merge takes, and not our own echo', () => {
    expect(toldBy('pipedrive')).toMatchObject([
      { name: 'Maria Silva', complete: true, contact: { externalId: '100' }, ...MARIA },
    ]);
    expect(toldBy('pipedrive', example('pipedrive', 'merge'))).toMatchObject([
      { kind: 'merged', contact: { externalId: '100' }, mergedExternalIds: ['77'] },
    ]);
    const deleted = example('pipedrive', 'merge').replace(/,\s*"merged_to_id": ?"100"/, '');
    expect(toldBy('pipedrive', deleted)).toMatchObject([{ kind: 'deleted', contact: { externalId: '77' } }]);
    expect(toldBy('pipedrive', example('pipedrive', 'upsert').replace(/"user_id": ?"7"/, '"user_id":9'))).toEqual([]);
  });

  it('salesforce: the fields of a message are all there are; nil clears', () => {
    const contact = { externalId: '003000000000001AAA' };
    expect(toldBy('salesforce')).toMatchObject([
      { contact, emails: null, phones: null },
      { contact, givenName: 'Maria', familyName: 'Silva & Costa', ...MARIA },
    ]);
    const master = example('salesforce', 'upsert').replace(
      '<sf:Email>',
      '<sf:MasterRecordId>003000000000002</sf:MasterRecordId><sf:Email>',
    );
    expect(toldBy('salesforce', master)).toMatchObject([
      { kind: 'merged', contact: { externalId: '003000000000002AAA' }, mergedExternalIds: ['003000000000001AAA'] },
    ]);
  });

  it('talkdesk: what a placeholder was not filled with is not told', () => {
    const [fact] = toldBy('talkdesk');
    expect(fact).toMatchObject({ name: 'Maria Silva', contact: { externalId: '5f3a' }, ...MARIA });
    expect(fact).not.toHaveProperty('company');
  });

  it('json: by its map; an address that is none is left out and noted', () => {
    expect(toldBy('json')).toMatchObject([{ name: 'Maria Silva', contact: { externalId: '100' }, ...MARIA }]);
    const body = example('json', 'upsert').replace('maria@loja.example', 'nobody');
    const read = readOf('json', sentBy('json', body));
    expect(read.ok && read.events.map(({ note }) => note)).toEqual(['address-left-out: emails/0']);
    const nameless = readOf('json', sentBy('json', '{"event":"person.updated","data":[{"person":{}}]}'));
    expect(nameless.ok && nameless.events.map(({ note }) => note)).toEqual(['no-contact: it has no external_id']);
  });
});
