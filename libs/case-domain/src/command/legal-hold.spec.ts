import { describe, expect, it } from '@jest/globals';
import {
  aBareCommand,
  aCase,
  aClosedCase,
  ADMINISTRATOR,
  afterCommand,
  aLegalHold,
  aMoment,
  anAsker,
  effectsOfCommand,
  refusalOf,
  teamSnapshot,
} from '#libs/testing';
import { advance, type CaseCommand, decideCommand, type TrashCommand } from '../index.js';

const TRASHED = { deletedAt: '2026-03-01T12:00:00.000Z' } as const;

describe('a legal hold', () => {
  it.each([
    ['a case', aCase()],
    ['a closed case', aClosedCase()],
    ['a case in the trash', aCase(TRASHED)],
  ])('keeps %s, and says in its history who wanted it and why', (_, state) => {
    const { cases, holds } = effectsOfCommand(aLegalHold(state.id), { cases: [state] });
    const at = aMoment().now;
    expect(holds).toEqual([{ caseId: state.id, on: true, reason: 'A dispute.', at }]);
    expect(cases).toMatchObject([
      {
        state: { ...state, version: state.version + 1, updatedAt: at },
        change: {
          kind: 'legal_hold_changed',
          actor: ADMINISTRATOR.actor,
          details: { on: true, reason: 'A dispute.' },
        },
      },
    ]);
  });

  it('is for administrators, and changes nothing twice', () => {
    const state = aCase();
    expect(refusalOf(aLegalHold(state.id, { asker: anAsker() }), { cases: [state] }).code).toBe('forbidden');
    const snapshot = teamSnapshot({ cases: [state] });
    const outcomeOf = (on: boolean, reason: string): string => {
      const decided = decideCommand(aLegalHold(state.id, { on, reason }), snapshot, aMoment());
      if ('code' in decided) {
        return decided.code;
      }
      advance(snapshot, decided.effects);
      return decided.verdict.outcome;
    };
    expect(outcomeOf(false, 'None.')).toBe('unchanged');
    expect(outcomeOf(true, 'A dispute.')).toBe('done');
    expect(outcomeOf(true, 'A dispute.')).toBe('unchanged');
    expect(outcomeOf(true, 'An inquiry.')).toBe('done');
    expect(outcomeOf(false, 'It is over.')).toBe('done');
    expect(snapshot.legalHolds.size).toBe(0);
  });

  it('keeps a case out of the trash, also with its parent, and lets what is there already be restored', () => {
    const parent = aCase();
    const child = aCase({ parentId: parent.id });
    const parts = { cases: [parent, child], legalHolds: { [child.id]: 'A dispute.' } };
    expect(refusalOf(aBareCommand('delete', child.id), parts).code).toBe('legal-hold');
    expect(refusalOf(aBareCommand('delete', parent.id), parts).code).toBe('legal-hold');
    const without = { ...parts, cases: [parent, { ...child, ...TRASHED }] };
    expect(afterCommand(aBareCommand('delete', parent.id), without).deletedAt).not.toBeNull();
  });

  it('holds a purge up, also that of a parent, and nothing else', () => {
    const parent = aCase(TRASHED);
    const child = aCase({ parentId: parent.id, ...TRASHED });
    const parts = { cases: [parent, child], legalHolds: { [child.id]: 'A dispute.' } };
    expect(refusalOf(aBareCommand('purge', parent.id, ADMINISTRATOR), parts).code).toBe('legal-hold');
    expect(afterCommand(aBareCommand('restore', parent.id), parts).deletedAt).toBeNull();
    const free = effectsOfCommand(aBareCommand('purge', parent.id, ADMINISTRATOR), { cases: [parent, child] });
    expect(free.cases).toHaveLength(2);
  });

  it('says nothing in a case in which nothing is said any more', () => {
    const said = { public: false, title: null, bodyText: 'Kept.', bodyHtml: null, mentionIds: [] };
    const [closed, trashed] = [aClosedCase(), aCase(TRASHED)];
    const codeFor = (id: string) => refusalOf(aLegalHold(id, { comment: said }), { cases: [closed, trashed] }).code;
    expect([codeFor(closed.id), codeFor(trashed.id)]).toEqual(['case-closed', 'case-deleted']);
    const restored: CaseCommand = { ...(aBareCommand('restore', trashed.id) as TrashCommand), comment: said };
    expect(effectsOfCommand(restored, { cases: [trashed] }).comments).toHaveLength(1);
  });
});
