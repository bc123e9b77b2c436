import { describe, expect, it } from '@jest/globals';
import type { CallFact } from '#libs/interaction';
import {
  aCallFact,
  aCallParty,
  aCase,
  aMail,
  aMoment,
  anAgent,
  anEndpoint,
  aSnapshot,
  CALLER,
  instantAt,
  LINE,
  openingOf,
  type SnapshotParts,
} from '#libs/testing';
import { CALL_FOLD, decideInteraction, identityOf } from '../index.js';

const line = anEndpoint(LINE);

function requesterOf(facts: Partial<CallFact>, parts: SnapshotParts = {}, external: Record<string, string> = {}) {
  const started = aCallFact('started', 0, { from: aCallParty(CALLER), to: aCallParty(LINE), ...facts });
  const ended = aCallFact('ended', 40, { end: { reason: 'no_answer' } });
  const { interaction } = CALL_FOLD.fold(null, [started, ended]);
  const snapshot = aSnapshot({ lines: { [LINE]: line }, ...parts });
  for (const [value, contactId] of Object.entries(external)) {
    const one = { contactId, verified: false, shared: false, blocked: false, lineContactId: null, name: 'Loja' };
    snapshot.identities.set(identityOf({ kind: 'external', value }), { ...one, holders: [contactId] });
  }
  const { state, contact } = openingOf(decideInteraction(interaction, snapshot, aMoment()));
  return { id: state.requester.id, kind: state.requester.kind, ...state.requesterMatch, contact, state };
}

const shared = { contactId: 'c-1', holders: ['c-2', 'c-1'], shared: true };

describe('who calls', () => {
  it.each([
    ['R3', { verified: true }, 'verified'],
    ['R4', {}, 'weak'],
  ])('is by %s the only contact that bears the number', (method, known, confidence) => {
    const numbersOfPeople = { [CALLER]: { contactId: 'c-1', ...known } };
    expect(requesterOf({}, { numbersOfPeople })).toMatchObject({ id: 'c-1', method, confidence, contact: null });
  });

  it('is by R3 who proved it to the telephone system', () => {
    const numbersOfPeople = { [CALLER]: { contactId: 'c-1' } };
    const found = requesterOf({ context: { verified: true } }, { numbersOfPeople });
    expect(found).toMatchObject({ id: 'c-1', method: 'R3' });
  });

  it('is by R1 whom a CRM names, before all numbers', () => {
    const context = { contact: { integration: 'hubspot', externalId: '100' } };
    const numbersOfPeople = { [CALLER]: { contactId: 'c-1', name: 'Maria' } };
    const found = requesterOf({ context }, { numbersOfPeople }, { 'hubspot:100': 'c-9' });
    expect(found).toMatchObject({ id: 'c-9', method: 'R1', confidence: 'exact' });
    expect(found.state.subject).toContain('Loja (+351 910 000 001)');
    expect(requesterOf({ context }, { numbersOfPeople })).toMatchObject({ id: 'c-1', method: 'R4' });
  });

  it('is by R6 a new contact with the name that was told, else with the number', () => {
    expect(requesterOf({ from: aCallParty(CALLER, 'Maria') })).toMatchObject({
      method: 'R6',
      contact: { name: 'Maria' },
    });
    expect(requesterOf({})).toMatchObject({ method: 'R6', contact: { name: CALLER } });
  });

  it('is by R2 an agent whose number we called', () => {
    const [ana, rui] = [anAgent({ email: 'ana@acme.example' }), anAgent({ email: 'rui@acme.example' })];
    const sides = { direction: 'outbound', from: aCallParty(LINE), to: aCallParty(CALLER) } as const;
    const taken = aCallFact('answered', 9, { agent: { email: ana.email }, answeredBy: 'agent' });
    const { interaction } = CALL_FOLD.fold(null, [aCallFact('started', 0, sides), taken]);
    const snapshot = aSnapshot({ lines: { [LINE]: line }, agents: [ana] });
    snapshot.agents.set(identityOf({ kind: 'phone', value: CALLER }), rui);
    const { state } = openingOf(decideInteraction(interaction, snapshot, aMoment()));
    expect(state).toMatchObject({ requester: { kind: 'agent', id: rui.id }, requesterMatch: { method: 'R2' } });
    expect(state.submitter).toEqual({ kind: 'agent', id: ana.id });
  });

  it('54 behind a shared number is ambiguous: a contact that stands for the line, candidates in one order', () => {
    const first = requesterOf({}, { numbersOfPeople: { [CALLER]: shared } });
    expect(first).toMatchObject({
      method: 'R5',
      confidence: 'ambiguous',
      candidates: ['c-1', 'c-2'],
      contact: { kind: 'shared_line', identity: { kind: 'phone', value: CALLER } },
    });
    const lineContactId = first.id;
    const again = requesterOf({}, { numbersOfPeople: { [CALLER]: { ...shared, lineContactId } } });
    expect(again).toMatchObject({ id: lineContactId, confidence: 'ambiguous', contact: null });
    expect(again.state.subject).toContain('from +351 910 000 001,');
  });

  it('54 is by R5b the only one of them with a live case on this line, heard of lately', () => {
    const of = (id: string, at = instantAt(-60), endpointId = line.id) => ({
      state: aCase({ requester: { kind: 'contact', id }, endpointId, groupId: 'elsewhere' }),
      at,
    });
    const asked = (...cases: ReturnType<typeof of>[]) =>
      requesterOf(
        {},
        {
          numbersOfPeople: { [CALLER]: shared },
          cases: cases.map(({ state }) => state),
          heard: Object.fromEntries(cases.map(({ state, at }) => [state.id, at])),
        },
      );
    expect(asked(of('c-2'))).toMatchObject({ id: 'c-2', method: 'R5', confidence: 'weak' });
    expect(asked(of('c-2', instantAt(-240 * 60 - 1)))).toMatchObject({ confidence: 'ambiguous' });
    expect(asked(of('c-2', instantAt(-60), 'another line'))).toMatchObject({ confidence: 'ambiguous' });
    expect(asked(of('c-2'), of('c-1', instantAt(-90)))).toMatchObject({
      confidence: 'ambiguous',
      candidates: ['c-2', 'c-1'],
    });
  });

  it('58 is found by another spelling of a country that changed its numbers; two holders of two are ambiguous', () => {
    const from = aCallParty('+5511987654321');
    const old = { '+551187654321': { contactId: 'c-1', name: 'João' } };
    expect(requesterOf({ from }, { numbersOfPeople: old })).toMatchObject({
      id: 'c-1',
      method: 'phone_variant',
      confidence: 'weak',
    });
    const both = { ...old, '+5511987654321': { contactId: 'c-2' } };
    expect(requesterOf({ from }, { numbersOfPeople: both })).toMatchObject({
      method: 'R5',
      confidence: 'ambiguous',
      candidates: ['c-1', 'c-2'],
    });
    const same = { ...old, '+5511987654321': { contactId: 'c-1' } };
    expect(requesterOf({ from }, { numbersOfPeople: same })).toMatchObject({ id: 'c-1', method: 'R4' });
  });

  it('58 keeps what was received beside the number that it was read as', () => {
    const from = { raw: '910 000 001', number: CALLER, presentation: 'allowed' } as const;
    const { state, contact } = requesterOf({ from });
    expect(state.supplied.phone).toBe('910 000 001');
    expect(contact).toMatchObject({ identity: { kind: 'phone', value: CALLER, raw: '910 000 001' } });
  });

  it('F2 of a country that changed its numbers is one person by both, and a land line is no variant of anything', () => {
    const numbersOfPeople = {
      '+5541987990000': { contactId: 'beatriz' },
      '+525512345678': { contactId: 'luz' },
      '+554133330000': { contactId: 'loja' },
    };
    const asked = (raw: string, number: string) =>
      requesterOf({ from: { raw, number, presentation: 'allowed' } }, { numbersOfPeople });
    const found = [
      asked('554187990000', '+554187990000'),
      asked('+5215512345678', '+5215512345678'),
      asked('+554133330000', '+554133330000'),
    ];
    expect(found.map(({ id, method, contact }) => [id, method, contact])).toEqual([
      ['beatriz', 'phone_variant', null],
      ['luz', 'phone_variant', null],
      ['loja', 'R4', null],
    ]);
    expect(found.map(({ state }) => state.supplied.phone)).toEqual(['554187990000', '+5215512345678', '+554133330000']);
  });

  it('58 in a spelling that several have in another one is for the line, and nobody is guessed', () => {
    const numbersOfPeople = { '+551187654321': { ...shared, name: null } };
    const found = requesterOf({ from: aCallParty('+5511987654321') }, { numbersOfPeople });
    expect(found).toMatchObject({
      method: 'R5',
      confidence: 'ambiguous',
      candidates: ['c-1', 'c-2'],
      contact: { kind: 'shared_line', identity: { value: '+5511987654321' } },
    });
    expect(['c-1', 'c-2']).not.toContain(found.id);
  });

  it('54 lists who may be calling by a live case on the line, then by when they were heard of, then by id', () => {
    const holders = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5'];
    const seen = {
      'c-1': { at: null, liveOn: [] },
      'c-2': { at: instantAt(-90_000), liveOn: [] },
      'c-3': { at: instantAt(-9_000_000), liveOn: [line.id] },
      'c-4': { at: instantAt(-60_000), liveOn: ['another line'] },
      'c-5': { at: null, liveOn: [] },
    };
    const numbersOfPeople = { [CALLER]: { ...shared, holders } };
    for (const given of [holders, [...holders].reverse()]) {
      const parts = { numbersOfPeople: { [CALLER]: { ...shared, holders: given } }, seen };
      expect(requesterOf({}, parts).candidates).toEqual(['c-3', 'c-4', 'c-2', 'c-1', 'c-5']);
    }
    expect(requesterOf({}, { numbersOfPeople }).candidates).toEqual(holders);
  });

  it('is by R2 the agent who alone has the extension, and of an extension that no agent has nobody', () => {
    const ana = anAgent({ extensions: ['201'] });
    const from = { raw: '201', extension: '201', presentation: 'allowed' } as const;
    expect(requesterOf({ from }, { agents: [ana] })).toMatchObject({ id: ana.id, kind: 'agent', method: 'R2' });
    expect(requesterOf({ from: { ...from, raw: '202', extension: '202' } }, { agents: [ana] })).toMatchObject({
      kind: 'contact',
      method: 'R7',
      confidence: 'anonymous',
    });
  });

  it('is by R1 whom a CRM names, also from the telephone of an agent', () => {
    const rui = anAgent({ email: 'rui@acme.example', extensions: ['201'] });
    const from = { raw: '201', extension: '201', presentation: 'allowed' } as const;
    const context = { contact: { integration: 'hubspot', externalId: '100' } };
    const found = requesterOf({ from, context }, { agents: [rui] }, { 'hubspot:100': 'c-9' });
    expect(found).toMatchObject({ id: 'c-9', method: 'R1', confidence: 'exact' });
    expect(found.state.submitter).toEqual({ kind: 'contact', id: 'c-9' });
  });

  it('is an agent who calls from a telephone of theirs, by the names of the connection', () => {
    const ana = anAgent({ telephony: { 'generic/pbx': ['client:ana'] } });
    const group = { agents: [ana] };
    const started = aCallFact('started', 0, {
      direction: 'outbound',
      from: aCallParty(LINE),
      to: aCallParty(CALLER),
    });
    const taken = aCallFact('answered', 9, { agent: { id: 'client:ana' }, answeredBy: 'agent' });
    const { interaction } = CALL_FOLD.fold(null, [started, taken]);
    const snapshot = aSnapshot({ lines: { [LINE]: line }, ...group });
    expect(openingOf(decideInteraction(interaction, snapshot, aMoment())).state.submitter).toEqual({
      kind: 'agent',
      id: ana.id,
    });
  });
});

describe('who writes from an address that several people have', () => {
  it('is ambiguous, whatever was heard of their cases in the same batch', () => {
    const mail = aMail({ messageId: '<one@x>', from: 'family@x.example' });
    const mailbox = anEndpoint('support@acme.example');
    const own = aCase({ id: 'case-1', requester: { kind: 'contact', id: 'c-2' }, endpointId: mailbox.id });
    const askedWith = (heard: Map<string, string>) => {
      const snapshot = aSnapshot({ cases: [own], mailboxes: { 'support@acme.example': mailbox } });
      const known = { verified: false, blocked: false, lineContactId: null, name: 'Family', ...shared };
      snapshot.identities.set(identityOf({ kind: 'email', value: 'family@x.example' }), known);
      heard.forEach((at, caseId) => snapshot.heard.set(caseId, at));
      return openingOf(decideInteraction(mail, snapshot, aMoment())).state.requesterMatch;
    };
    const alone = askedWith(new Map());
    expect(alone).toEqual({ method: 'R5', confidence: 'ambiguous', candidates: ['c-1', 'c-2'] });
    expect(askedWith(new Map([['case-1', mail.occurredAt]]))).toEqual(alone);
  });
});
