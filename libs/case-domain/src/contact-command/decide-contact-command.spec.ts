import { describe, expect, it } from '@jest/globals';
import type { Asker } from '../command/command.js';
import { ContactBook } from '../contact/contact-book.js';
import type { ContactCommand, IdentityWish } from './contact-command.js';
import type { ContactCommandDecision, ContactDone, ContactRefusal } from './contact-decision.js';
import { decideContactCommand } from './decide-contact-command.js';

const asker: Asker = { actor: { kind: 'app', id: 'client-1' }, onBehalfOf: null, admin: false };
const ASKED = { asker, expected: null, faults: [] } as const;

const email = (value: string, more: Partial<IdentityWish> = {}): IdentityWish => ({
  ...{ kind: 'email', value, raw: value, pointer: '/identities/0' },
  ...more,
});
const phone = (value: string): IdentityWish => ({ kind: 'phone', value, raw: value, pointer: '/identities/0' });

/** Contacts of an account, command after command. */
class Account {
  readonly book = new ContactBook();
  withLiveCases = new Set<string>();
  private made = 0;
  private minute = 0;

  say(command: ContactCommand): ContactCommandDecision['verdict'] {
    this.minute += 1;
    const moment = {
      now: new Date(Date.UTC(2026, 2, 2, 9, this.minute)).toISOString(),
      newId: () => `00000000-0000-7000-8000-${String((this.made += 1)).padStart(12, '0')}`,
    };
    const { book, withLiveCases } = this;
    const { verdict, effects } = decideContactCommand(command, { book, withLiveCases, moment });
    book.apply(effects.contactChanges, effects.contactMerges);
    return verdict;
  }

  create(name: string, ...identities: readonly IdentityWish[]): string {
    const done = this.say({
      ...ASKED,
      command: 'create_contact',
      wish: { fields: { name } },
      identities,
    }) as ContactDone;
    expect(done.outcome).toBe('created');
    return done.contactId;
  }

  merge(into: string, ...from: readonly string[]): ContactCommandDecision['verdict'] {
    return this.say({ ...ASKED, command: 'merge_contacts', into, from });
  }

  shown(id: string) {
    const { name, company, version, customFields } = this.book.state(this.book.survivorOf(id)) ?? {};
    return { name, company, version, customFields };
  }
}

describe('a contact', () => {
  it('is made of what is said of it, and changes by what is new alone', () => {
    const account = new Account();
    const rita = account.create('Rita', email('rita@example.org', { verified: true }));
    expect(account.shown(rita)).toMatchObject({ name: 'Rita', company: null, version: 1 });
    const change = (wish: object, expected: readonly number[] | null = null) =>
      account.say({ ...ASKED, expected, command: 'change_contact', contactId: rita, wish: { fields: {}, ...wish } });
    expect(change({ fields: { company: 'Oficina' }, custom: { tier: 'gold' } })).toMatchObject({ outcome: 'done' });
    expect(change({ fields: { name: 'Rita', company: 'Oficina' }, custom: { tier: 'gold' } })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(change({ fields: { company: null }, custom: { tier: null }, blocked: true }, [2])).toMatchObject({
      outcome: 'done',
    });
    expect(account.shown(rita)).toMatchObject({ name: 'Rita', company: null, version: 3, customFields: {} });
    expect(account.book.state(rita)?.blocked).toBe(true);
    expect(change({}, [2])).toMatchObject({ outcome: 'refused', code: 'version-mismatch', currentVersion: 3 });
    const faults = [{ pointer: '/name', code: 'validation-failed', detail: 'Must be a text.' }];
    const command = { ...ASKED, command: 'change_contact', contactId: 'nobody', wish: { fields: {} } } as const;
    expect(account.say({ ...command, faults })).toMatchObject({ code: 'not-found' });
    expect(account.say({ ...command, contactId: rita, faults })).toMatchObject({ code: 'validation-failed', faults });
  });

  it('has an address alone, and shares a number', () => {
    const account = new Account();
    const rita = account.create('Rita', email('rita@example.org'), phone('+351210000001'));
    const rui = account.create('Rui', phone('+351210000001'));
    const add = (identity: IdentityWish) =>
      account.say({ ...ASKED, command: 'add_identity', contactId: rui, identity }) as ContactRefusal;
    expect(add(email('rita@example.org'))).toMatchObject({ code: 'identity-taken', holderId: rita });
    expect(add({ ...email('hubspot:1'), kind: 'external' })).toMatchObject({ outcome: 'done' });
    const upsert = (more: object) =>
      account.say({
        ...{ ...ASKED, command: 'upsert_contact', integration: 'hubspot', externalId: '1', identities: [] },
        ...{ wish: { fields: { company: 'Loja' } }, ...more },
      });
    expect(upsert({})).toEqual({ outcome: 'done', contactId: rui });
    expect(upsert({})).toEqual({ outcome: 'unchanged', contactId: rui });
    expect(upsert({ externalId: '2' })).toMatchObject({ outcome: 'created' });
    const met = upsert({ externalId: '3', identities: [email('rita@example.org')] }) as ContactDone;
    expect([met.outcome, account.book.survivorOf(rita)]).toEqual(['created', met.contactId]);
    expect(upsert({ identities: [email('rita@example.org')] })).toMatchObject({
      ...{ code: 'identity-taken', holderId: met.contactId },
    });
  });

  it('has what an integration calls it once, whichever contact of it that was told of', () => {
    const account = new Account();
    const key = (value: string): IdentityWish => ({ ...email(value), kind: 'external' });
    const rita = account.create('Rita');
    const rui = account.create('Rui', key('crm:7'), phone('+351210000001'));
    account.merge(rita, rui);
    const identities = [phone('+351210000001')];
    const upsert = { ...ASKED, command: 'upsert_contact', integration: 'crm', externalId: '7', identities } as const;
    expect(account.say({ ...upsert, wish: { fields: { company: 'Loja' } } })).toEqual({
      ...{ outcome: 'done', contactId: rita },
    });
    expect([account.book.identitiesOf(rita), account.book.identitiesOf(rui).length]).toEqual([[], 2]);
    const zoe = account.create('Zoe');
    const add = { ...ASKED, command: 'add_identity', contactId: zoe, identity: key('crm:7') } as const;
    expect(account.say(add)).toMatchObject({ code: 'identity-taken', holderId: rita });
  });

  it('keeps its last identity while it has cases that are not closed', () => {
    const account = new Account();
    const rita = account.create('Rita', email('rita@example.org'), phone('+351210000001'));
    account.withLiveCases = new Set([rita]);
    const remove = (kind: 'email' | 'phone', value: string) =>
      account.say({ ...ASKED, command: 'remove_identity', contactId: rita, name: { kind, value } });
    expect(remove('email', 'rita@example.org')).toMatchObject({ outcome: 'done' });
    expect(remove('email', 'rita@example.org')).toMatchObject({ code: 'not-found' });
    expect(remove('phone', '+351210000001')).toMatchObject({ code: 'in-use' });
    account.withLiveCases = new Set();
    expect(remove('phone', '+351210000001')).toMatchObject({ outcome: 'done' });
  });

  it('has one identity of a kind first, and proofs can be taken back', () => {
    const account = new Account();
    const rita = account.create(
      'Rita',
      email('a@example.org', { primary: true, verified: true }),
      email('b@example.org'),
    );
    const say = (value: string, words: object) =>
      account.say({ ...ASKED, command: 'change_identity', contactId: rita, name: { kind: 'email', value }, words });
    expect(say('b@example.org', { primary: true, label: 'work' })).toMatchObject({ outcome: 'done' });
    expect(say('a@example.org', { verified: false })).toMatchObject({ outcome: 'done' });
    expect(say('a@example.org', { verified: false })).toMatchObject({ outcome: 'unchanged' });
    expect(account.book.identitiesOf(rita)).toMatchObject([
      { value: 'a@example.org', primary: false, verifiedAt: null },
      { value: 'b@example.org', primary: true, label: 'work' },
    ]);
  });
});

describe('78 contacts that are merged', () => {
  it('are one under every id, with what either was known by, and can be taken apart', () => {
    const account = new Account();
    const rita = account.create('Rita', email('rita@example.org'));
    const rui = account.create('Rui', email('rui@example.org'), phone('+351210000001'));
    account.say({ ...ASKED, command: 'change_contact', contactId: rui, wish: { fields: { company: 'Loja' } } });
    expect(account.merge(rita, rui)).toEqual({ outcome: 'done', contactId: rita });
    expect(account.merge(rita, rui)).toEqual({ outcome: 'unchanged', contactId: rita });
    expect(account.book.state(rui)?.mergedInto).toBe(rita);
    expect(account.shown(rui)).toMatchObject({ name: 'Rita', company: 'Loja' });
    const zoe = account.create('Zoe');
    const taken = { ...ASKED, command: 'add_identity', contactId: zoe, identity: email('rui@example.org') } as const;
    expect(account.say(taken)).toMatchObject({ code: 'identity-taken', holderId: rita });
    expect(account.merge(zoe, rui)).toEqual({ outcome: 'done', contactId: zoe });
    expect([rita, rui].map((id) => account.book.survivorOf(id))).toEqual([zoe, zoe]);
    const unmerge = (mergedId: string) =>
      account.say({ ...ASKED, command: 'unmerge_contact', contactId: zoe, mergedId });
    expect(unmerge(rita)).toEqual({ outcome: 'done', contactId: zoe });
    expect([rita, rui].map((id) => account.book.survivorOf(id))).toEqual([rita, rita]);
    expect(unmerge(rita)).toMatchObject({ faults: [{ pointer: '/contact_id', code: 'target-not-allowed' }] });
  });

  it('are refused where they would go in a circle, or where nobody is meant', () => {
    const account = new Account();
    const rita = account.create('Rita');
    const rui = account.create('Rui');
    account.merge(rita, rui);
    expect(account.merge(rui, rita)).toMatchObject({ code: 'merge-not-allowed', faults: [{ pointer: '/from/0' }] });
    expect(account.merge(rita, rita)).toMatchObject({ code: 'merge-not-allowed' });
    expect(account.merge('nobody', rui, 'no one')).toMatchObject({
      faults: [
        { pointer: '/into', code: 'unknown-contact' },
        { pointer: '/from/1', code: 'unknown-contact' },
      ],
    });
    const line = account.say({
      ...ASKED,
      command: 'create_contact',
      wish: { fields: {}, kind: 'shared_line' },
      identities: [],
    });
    expect(account.merge(rita, (line as ContactDone).contactId)).toMatchObject({ code: 'merge-not-allowed' });
  });
});
