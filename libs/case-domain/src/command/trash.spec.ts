import { describe, expect, it } from '@jest/globals';
import {
  aBareCommand,
  aClosedCase,
  ADMINISTRATOR,
  afterCommand as after,
  effectsOfCommand as effectsOf,
  anOwnedCase as owned,
  refusalOf,
} from '#libs/testing';
import { caseEventId } from '../index.js';

const YESTERDAY = '2026-03-01T10:00:00.000Z';
const LONG_AGO = '2026-01-01T10:00:00.000Z';

describe('the trash', () => {
  it('takes a case with the subcases that are not in it, as one act', () => {
    const parent = owned();
    const cases = [parent, owned({ parentId: parent.id }), owned({ parentId: parent.id, deletedAt: LONG_AGO })];
    const changed = effectsOf(aBareCommand('delete', parent.id), { cases }).cases;
    expect(changed.map(({ state }) => state.id)).toEqual([parent.id, cases[1]?.id]);
    expect(changed[1]?.change).toMatchObject({ kind: 'deleted', causeEventId: caseEventId(parent.id, 2) });
  });

  it('29 takes no problem of which live incidents would be left', () => {
    const problem = owned({ type: 'problem' });
    const incident = owned({ type: 'incident', problemId: problem.id });
    const command = aBareCommand('delete', problem.id);
    expect(refusalOf(command, { cases: [problem, incident] }).code).toBe('problem-has-incidents');
    const closed = aClosedCase({ type: 'incident', problemId: problem.id });
    expect(after(command, { cases: [problem, closed] }).kind).toBe('deleted');
    const inside = { ...incident, parentId: problem.id };
    expect(effectsOf(command, { cases: [problem, inside] }).cases).toHaveLength(2);
  });

  it('gives a subcase back with its parent, and what went together with that', () => {
    const parent = owned({ deletedAt: YESTERDAY });
    const of = (deletedAt: string) => owned({ parentId: parent.id, deletedAt });
    const [one, other, older] = [of(YESTERDAY), of(YESTERDAY), of(LONG_AGO)];
    const cases = [parent, one, other, older];
    const restored = (id: string): string[] =>
      effectsOf(aBareCommand('restore', id), { cases }).cases.map(({ state }) => state.id);
    expect(restored(one.id)).toEqual([one.id, parent.id, other.id]);
    expect(restored(parent.id)).toEqual([parent.id, one.id, other.id]);
    expect(restored(older.id)).toEqual([older.id, parent.id, one.id, other.id]);
  });

  it('gives an incident back as none when its problem is none any more, and leaves a closed one as it is', () => {
    const gone = owned({ type: 'question' });
    const incident = owned({ type: 'incident', problemId: gone.id, parentId: 'purged', deletedAt: YESTERDAY });
    expect(after(aBareCommand('restore', incident.id), { cases: [gone, incident] })).toMatchObject({
      type: null,
      problemId: null,
      parentId: null,
      deletedAt: null,
    });
    const closed = aClosedCase({ type: 'incident', problemId: gone.id, deletedAt: YESTERDAY });
    expect(after(aBareCommand('restore', closed.id), { cases: [gone, closed] })).toMatchObject({ problemId: gone.id });
  });

  it('is emptied by administrators, of what is in it, with the subcases', () => {
    const parent = owned({ deletedAt: YESTERDAY });
    const cases = [parent, owned({ parentId: parent.id, deletedAt: YESTERDAY })];
    expect(refusalOf(aBareCommand('purge', parent.id), { cases }).code).toBe('forbidden');
    const live = owned();
    expect(refusalOf(aBareCommand('purge', live.id, ADMINISTRATOR), { cases: [live] }).code).toBe('not-in-trash');
    const { cases: changed } = effectsOf(aBareCommand('purge', parent.id, ADMINISTRATOR), { cases });
    expect(changed.map(({ change }) => change.kind)).toEqual(['purged', 'purged']);
  });
});
