import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aGroup,
  aMember,
  aMoment,
  anAssignment,
  anUpdate,
  aReopening,
  aResolvedCase,
  aStatus,
  byId,
  afterCommand as after,
  ANA,
  BEN,
  faultsOf,
  GONE,
  OUTSIDER,
  anOwnedCase as owned,
  teamSnapshot as snapshotOf,
  SUPPORT_TEAM as SUPPORT,
} from '#libs/testing';
import { decideCommand } from '../index.js';

describe('a status and an assignee that are chosen by hand', () => {
  it('13 obeys the category of a status, whatever it is called', () => {
    const lab = aStatus({ key: 'with_the_lab', category: 'on_hold' });
    const state = owned();
    const parts = { cases: [state], statuses: [lab, aStatus({ key: 'old', category: 'pending', active: false })] };
    const named = { by: 'key', value: 'with_the_lab' } as const;
    expect(after(anUpdate(state.id, { statusId: named }), parts)).toMatchObject({
      category: 'on_hold',
      statusId: lab.id,
    });
    expect(faultsOf(anUpdate(state.id, { statusId: named, status: 'open' }), parts)).toEqual([
      '/status_id status-mismatch',
    ]);
    expect(faultsOf(anUpdate(state.id, { statusId: { by: 'key', value: 'old' } }), parts)).toEqual([
      '/status_id status-not-available',
    ]);
    expect(faultsOf(anUpdate(state.id, { statusId: byId('nowhere') }), parts)).toEqual(['/status_id unknown-status']);
    const inLab = owned({ category: 'on_hold', statusId: lab.id });
    const edited = after(anUpdate(inLab.id, { priority: 'low' }), { cases: [inLab], statuses: [lab] });
    expect(edited.statusId).toBe(lab.id);
  });

  it('14 is not put on hold where the account does not use that', () => {
    const state = owned();
    const parts = { cases: [state], account: { onHoldEnabled: false } };
    expect(faultsOf(anUpdate(state.id, { status: 'on_hold' }), parts)).toEqual(['/status status-not-available']);
  });

  it('15 may lose its priority', () => {
    const state = owned({ priority: 'high' });
    const changed = after(anUpdate(state.id, { priority: null }), { cases: [state] });
    expect(changed).toMatchObject({ kind: 'priority_changed', priority: null });
  });

  it('is left as it is by a command that changes nothing', () => {
    const state = owned({ priority: 'high', tags: ['vip'] });
    const commands = [
      anUpdate(state.id, { priority: 'high', tags: ['vip'], status: 'open', assigneeId: byId(ANA.id) }),
      anAssignment(state.id, ANA.id),
      aReopening(state.id),
    ];
    for (const command of commands) {
      expect(decideCommand(command, snapshotOf({ cases: [state] }), aMoment())).toMatchObject({
        verdict: { outcome: 'unchanged', version: state.version },
        effects: { cases: [] },
      });
    }
  });

  it('60 is only given to an active member of its group', () => {
    const state = aCase();
    const sales = aGroup({ name: 'Sales', members: [aMember(OUTSIDER)] });
    const parts = { cases: [state], groups: [SUPPORT, sales] };
    expect(faultsOf(anAssignment(state.id, OUTSIDER.id), parts)).toEqual(['/assignee_id assignee-not-in-group']);
    expect(faultsOf(anAssignment(state.id, GONE.id), parts)).toEqual(['/assignee_id agent-inactive']);
    expect(faultsOf(anAssignment(state.id, 'nobody'), parts)).toEqual(['/assignee_id unknown-agent']);
    const both = anAssignment(state.id, OUTSIDER.id, { group: { by: 'name', value: 'Sales' } });
    expect(after(both, parts)).toMatchObject({ groupId: sales.id, assigneeId: OUTSIDER.id });
    const mine = owned();
    const moved = anUpdate(mine.id, { groupId: byId(sales.id) });
    expect(faultsOf(moved, { ...parts, cases: [mine] })).toEqual(['/group_id assignee-not-in-group']);
    const orphan = owned({ assigneeId: GONE.id });
    expect(after(anUpdate(orphan.id, { priority: 'low' }), { cases: [orphan] })).toMatchObject({ priority: 'low' });
  });

  it('is reopened by whoever had it, else by whom the request names', () => {
    const state = aResolvedCase({ assigneeId: GONE.id });
    const parts = { cases: [state] };
    expect(faultsOf(aReopening(state.id), parts)).toEqual(['/assignee_id assignee-required']);
    expect(after(aReopening(state.id, { assignee: byId(BEN.id) }), parts)).toMatchObject({
      kind: 'reopened',
      assigneeId: BEN.id,
      category: 'open',
    });
    const pending = aReopening(state.id, { assignee: byId(BEN.id), status: { by: 'key', value: 'pending' } });
    expect(after(pending, parts)).toMatchObject({ category: 'pending' });
  });

  it('waits when nobody can be chosen, and says so', () => {
    const state = aCase({ autoAssign: false });
    expect(after(anAssignment(state.id, 'auto'), { cases: [state] })).toMatchObject({
      kind: 'assignment_deferred',
      assigneeId: null,
      autoAssign: true,
    });
    const groups = [{ ...SUPPORT, strategy: 'least_open' } as const];
    expect(after(anAssignment(state.id, 'auto'), { cases: [state], groups })).toMatchObject({ kind: 'assigned' });
  });
});
