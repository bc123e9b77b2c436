import { describe, expect, it } from '@jest/globals';
import {
  aBareCommand,
  aCase,
  aClosedCase,
  anAssignment,
  anUpdate,
  aReopening,
  aResolution,
  aResolvedCase,
  aStatus,
  onBehalfOf,
  statusIdOf,
  afterCommand as after,
  ANA,
  BEN,
  effectsOfCommand as effectsOf,
  faultsOf,
  anOwnedCase as owned,
  refusalOf,
} from '#libs/testing';
import type { CaseCommand } from '../index.js';

describe('a case that is changed by hand', () => {
  it('3 is new again when it is unassigned, in one event', () => {
    const state = owned({ category: 'pending' });
    expect(after(aBareCommand('unassign', state.id), { cases: [state] })).toMatchObject({
      kind: 'unassigned',
      category: 'new',
      statusId: statusIdOf('new'),
      assigneeId: null,
      autoAssign: false,
      version: state.version + 1,
    });
  });

  it('opens when it is assigned, in one event', () => {
    const state = aCase();
    const { cases } = effectsOf(anAssignment(state.id, ANA.id), { cases: [state] });
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({ change: { kind: 'assigned' }, state: { category: 'open', assigneeId: ANA.id } });
    const waiting = owned({ category: 'pending' });
    expect(after(anAssignment(waiting.id, BEN.id), { cases: [waiting] })).toMatchObject({ category: 'pending' });
  });

  it('4 and 5 is neither made new by its status, nor open without an owner', () => {
    const [mine, nobodys] = [owned(), aCase()];
    expect(faultsOf(anUpdate(mine.id, { status: 'new' }), { cases: [mine] })).toEqual([
      '/status new-requires-unassign',
    ]);
    expect(faultsOf(anUpdate(nobodys.id, { status: 'open' }), { cases: [nobodys] })).toEqual([
      '/assignee_id assignee-required',
    ]);
  });

  it.each([
    ['an app', undefined],
    ['an agent', onBehalfOf(ANA)],
    ['an admin', onBehalfOf(ANA, { admin: true })],
  ])('6 is never closed by %s', (_, asker) => {
    const state = aResolvedCase({ assigneeId: ANA.id });
    const command = anUpdate(state.id, { status: 'closed' }, asker === undefined ? {} : { asker });
    expect(faultsOf(command, { cases: [state] })).toEqual(['/status manual-close-forbidden']);
  });

  it('7 is not resolved without words, unless the account asks for none', () => {
    const state = owned();
    const silent = aResolution(state.id, { resolution: null });
    expect(faultsOf(silent, { cases: [state] })).toEqual(['/resolution resolution-required']);
    expect(faultsOf(aResolution(state.id, { resolution: ' ' }), { cases: [state] })).toHaveLength(1);
    const account = { requireResolution: false };
    expect(after(silent, { cases: [state], account })).toMatchObject({ category: 'resolved', resolution: null });
    expect(faultsOf(anUpdate(state.id, { resolution: 'Done.' }), { cases: [state] })).toEqual([
      '/resolution resolution-not-allowed',
    ]);
  });

  it('is taken by the agent who resolves what nobody has, and says who resolved it', () => {
    const state = aCase();
    expect(faultsOf(aResolution(state.id), { cases: [state] })).toEqual(['/assignee_id assignee-required']);
    const hers = after(aResolution(state.id, { asker: onBehalfOf(ANA) }), { cases: [state] });
    expect(hers).toMatchObject({ kind: 'resolved', assigneeId: ANA.id, resolutionSource: 'agent' });
    const own = owned();
    expect(after(aResolution(own.id), { cases: [own] }).resolutionSource).toBe('app');
  });

  it('8 takes no edit while it is resolved, and takes it with a reopening in the same request', () => {
    const state = aResolvedCase({ assigneeId: ANA.id });
    const parts = { cases: [state] };
    expect(refusalOf(anUpdate(state.id, { priority: 'high' }), parts).code).toBe('case-resolved');
    expect(after(anUpdate(state.id, { priority: 'high', status: 'open' }), parts)).toMatchObject({
      kind: 'reopened',
      category: 'open',
      priority: 'high',
      resolvedAt: null,
      resolution: null,
      resolutionSource: null,
      reopenCount: 1,
    });
    expect(refusalOf(anAssignment(state.id, BEN.id), parts).code).toBe('case-resolved');
    expect(refusalOf(anAssignment(state.id, 'auto'), parts).code).toBe('case-resolved');
    expect(refusalOf(aResolution(state.id, { resolution: 'Otherwise.' }), parts).code).toBe('case-resolved');
    expect(faultsOf(anUpdate(state.id, { status: 'new', assigneeId: null }), parts)).toEqual([
      '/status new-requires-unassign',
    ]);
  });

  it('takes another resolved status and the exception from auto-close while it is resolved', () => {
    const state = aResolvedCase({ assigneeId: ANA.id });
    const fixed = aStatus({ key: 'fixed', category: 'resolved' });
    const parts = { cases: [state], statuses: [fixed] };
    const command = anUpdate(state.id, { statusId: { by: 'key', value: 'fixed' }, excludeFromAutoClose: true });
    expect(after(command, parts)).toMatchObject({
      kind: 'status_changed',
      statusId: fixed.id,
      excludeFromAutoClose: true,
    });
  });

  it('12 takes nothing once it is closed, and nothing but the trash’s commands in the trash', () => {
    const [closed, trashed] = [aClosedCase({ assigneeId: ANA.id }), owned({ deletedAt: '2026-03-02T09:00:00.000Z' })];
    for (const [state, code] of [
      [closed, 'case-closed'],
      [trashed, 'case-deleted'],
    ] as const) {
      const commands: CaseCommand[] = [
        anUpdate(state.id, { priority: 'low' }),
        anUpdate(state.id, { status: 'open' }),
        anUpdate(state.id, { tags: ['x'] }),
        anAssignment(state.id, ANA.id),
        aBareCommand('unassign', state.id),
        aResolution(state.id),
        aReopening(state.id),
        { ...anUpdate(state.id, {}), command: 'tags', add: ['x'], remove: [] },
        { ...anUpdate(state.id, {}), command: 'participants', add: [], remove: [] },
      ];
      expect(commands.map((command) => refusalOf(command, { cases: [state] }).code)).toEqual(commands.map(() => code));
    }
  });
});
