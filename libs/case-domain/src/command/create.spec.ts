import { describe, expect, it } from '@jest/globals';
import {
  aClosedCase,
  aCustomField,
  aCreation,
  byId,
  CLIENT_ID,
  onBehalfOf,
  statusIdOf,
  afterCommand as after,
  ANA,
  BEN,
  effectsOfCommand as effectsOf,
  faultsOf,
  anOwnedCase as owned,
  SUPPORT_TEAM as SUPPORT,
} from '#libs/testing';

describe('a case that is created by hand', () => {
  it('1 is new while nobody has it', () => {
    const state = after(aCreation());
    expect(state).toMatchObject({ kind: 'created', category: 'new', assigneeId: null, version: 1, autoAssign: true });
    expect(state.statusId).toBe(statusIdOf('new'));
    expect(after(aCreation({ assigneeId: null })).autoAssign).toBe(false);
  });

  it('2 is open in one event when it has an owner', () => {
    const state = after(aCreation({ assigneeId: byId(ANA.id) }));
    expect(state).toMatchObject({ kind: 'created', category: 'open', assigneeId: ANA.id, version: 1 });
    const { cases, turns } = effectsOf(aCreation({ assigneeId: { by: 'email', value: BEN.email } }));
    expect([cases.length, turns]).toMatchObject([1, [{ agentId: BEN.id }]]);
  });

  it('is left to the strategy of its group when nothing is said of an owner', () => {
    const groups = [{ ...SUPPORT, strategy: 'round_robin' } as const];
    expect(after(aCreation(), { groups })).toMatchObject({ category: 'open', assigneeId: [ANA.id, BEN.id].sort()[0] });
    expect(after(aCreation({ assigneeId: null }), { groups })).toMatchObject({ category: 'new', assigneeId: null });
  });

  it('has a requester: an address that nobody bears becomes a contact, a client alone has to name one', () => {
    const { cases, contacts } = effectsOf(aCreation());
    expect(contacts).toMatchObject([{ name: 'Carol', identity: { kind: 'email', value: 'carol@example.org' } }]);
    expect(cases[0]?.state).toMatchObject({
      requester: { kind: 'contact', id: contacts[0]?.id },
      requesterMatch: { method: 'R6' },
      submitter: { kind: 'app', id: CLIENT_ID },
      supplied: { name: 'Carol', email: 'carol@example.org' },
    });
    expect(faultsOf(aCreation({ requester: undefined }))).toEqual(['/requester requester-required']);
    const hers = after(aCreation({ requester: undefined }, { asker: onBehalfOf(ANA) }));
    expect(hers).toMatchObject({ requester: { kind: 'agent', id: ANA.id }, submitter: { kind: 'agent', id: ANA.id } });
  });

  it('knows whom an identity, an id and an agent’s address name', () => {
    const contacts = [{ id: 'kept', kind: 'person' }] as const;
    const known = { identities: { 'carol@example.org': { contactId: 'carol', verified: true } }, contacts };
    expect(after(aCreation(), known)).toMatchObject({ requester: { id: 'carol' }, requesterMatch: { method: 'R3' } });
    const chosen = aCreation({ requester: { form: 'contact', contact: byId('kept') } });
    expect(after(chosen, known)).toMatchObject({ requester: { id: 'kept' }, requesterMatch: { method: 'R0' } });
    const agent = aCreation({ requester: { form: 'email', value: ANA.email, name: null } });
    expect(after(agent)).toMatchObject({ requester: { kind: 'agent', id: ANA.id }, requesterMatch: { method: 'R2' } });
    expect(faultsOf(aCreation({ requester: { form: 'contact', contact: byId('nobody') } }))).toEqual([
      '/requester/contact_id unknown-contact',
    ]);
  });

  it('18 is no task without a due date and an assignee: both pointers at once', () => {
    expect(faultsOf(aCreation({ type: 'task' })).sort()).toEqual([
      '/assignee_id assignee-required',
      '/due_on due-date-required',
    ]);
    const task = after(aCreation({ type: 'task', dueOn: '2026-03-29', assigneeId: byId(ANA.id) }));
    expect(task).toMatchObject({ dueAt: '2026-03-29T11:00:00.000Z', dueTimeZone: 'Europe/Lisbon', category: 'open' });
  });

  it('is resolved at once only with an assignee and a resolution', () => {
    expect(faultsOf(aCreation({ status: 'resolved' })).sort()).toEqual([
      '/assignee_id assignee-required',
      '/resolution resolution-required',
    ]);
    const wish = { status: 'resolved', resolution: 'Done.', assigneeId: byId(ANA.id) } as const;
    expect(after(aCreation(wish))).toMatchObject({
      category: 'resolved',
      resolutionSource: 'app',
      resolution: 'Done.',
    });
    expect(faultsOf(aCreation({ status: 'pending' }))).toEqual(['/assignee_id assignee-required']);
    expect(faultsOf(aCreation({ status: 'closed' }))).toEqual(['/status manual-close-forbidden']);
  });

  it('follows up a resolved or closed case by hand, with its tags, fields and participants', () => {
    const before = aClosedCase({ tags: ['vip'], customFields: { size: 1 }, participants: ['email:dan@example.org'] });
    const command = aCreation({ customFields: { colour: 'red' } }, { followUpOf: byId(before.id) });
    const { cases, links } = effectsOf(command, { cases: [before], customFields: [aCustomField('colour')] });
    expect(links).toMatchObject([{ toCaseId: before.id, kind: 'follow_up' }]);
    expect(cases[0]).toMatchObject({
      change: { kind: 'follow_up_created' },
      state: {
        rootCaseId: before.id,
        followUpOfId: before.id,
        tags: ['vip'],
        customFields: { size: 1, colour: 'red' },
      },
    });
    const live = owned();
    const refused = aCreation({}, { followUpOf: byId(live.id) });
    expect(faultsOf(refused, { cases: [live] })).toEqual(['/follow_up_of_id target-not-allowed']);
  });
});
