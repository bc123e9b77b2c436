import { describe, expect, it } from '@jest/globals';
import {
  aCase,
  aClosedCase,
  aMerge,
  aResolvedCase,
  effectsOfCommand,
  onBehalfOf,
  ANA,
  anOwnedCase as owned,
  refusalOf,
  type SnapshotParts,
  statusIdOf,
} from '#libs/testing';
import type { CaseCommand, CaseState } from '../index.js';

let born = 0;
/** Each with an id and a number of its own. */
const one = (overrides: Partial<CaseState> = {}, make: typeof aCase = aCase): CaseState => {
  born += 1;
  const id = `0199a3c2-6f5e-7c1d-9b7a-${String(born).padStart(12, '0')}`;
  return make({ id, rootCaseId: id, number: String(born), ...overrides });
};
const changesOf = (command: CaseCommand, parts: SnapshotParts) =>
  effectsOfCommand(command, parts).cases.map(({ state, change }) => ({ state, ...change }));
const whyNot = (main: CaseState, sources: readonly CaseState[], others: readonly CaseState[] = []) => {
  const { code, faults } = refusalOf(
    aMerge(
      main.id,
      sources.map(({ id }) => id),
    ),
    { cases: [main, ...sources, ...others] },
  );
  return [code, ...faults.map(({ pointer }) => pointer)];
};

describe('a merge by hand', () => {
  it('ends the sources in the main case, which stays as it is and says what came', () => {
    const main = one({}, aResolvedCase);
    const source = one(
      { subject: 'The same kettle', interactionCount: 3, commentCount: 1, category: 'pending' },
      owned,
    );
    const effects = effectsOfCommand(aMerge(main.id, [source.id], { asker: onBehalfOf(ANA) }), {
      cases: [main, source],
    });
    const [received, said, merged] = effects.cases;
    expect([received?.change.kind, received?.change.actor.kind]).toEqual(['merge_received', 'app']);
    expect(said?.state).toEqual({
      ...main,
      version: 3,
      commentCount: main.commentCount + 1,
      updatedAt: said?.change.at,
    });
    expect(
      effects.comments.map((comment) => [comment.public, comment.author, comment.bodyText.split('\n')[1]]),
    ).toEqual([[false, { kind: 'system', id: null }, `CASE-${source.number} The same kettle (3 messages, 1 comment)`]]);
    expect(merged?.change).toMatchObject({
      kind: 'merged',
      actor: { kind: 'system' },
      details: { by: { kind: 'app', on_behalf_of: ANA.id } },
    });
    expect(merged?.change.causeEventId).toBeDefined();
    expect(merged?.state).toMatchObject({
      category: 'resolved',
      statusId: statusIdOf('resolved'),
      resolution: `Merged into CASE-${main.number}`,
      resolutionSource: 'merge',
      closedReason: 'merged',
      mergedIntoId: main.id,
      interactionCount: 3,
      assigneeId: ANA.id,
    });
    expect(effects.links).toMatchObject([{ fromCaseId: source.id, toCaseId: main.id, kind: 'merged' }]);
    expect(effects.links[0]?.createdBy).toMatchObject({ actor: { kind: 'app' }, onBehalfOf: ANA.id });
    expect(effects.moves).toEqual([]);
  });

  it('keeps what was said when a source was resolved, and closes its resolved subcases with it', () => {
    const [main, source] = [one(), one({}, aResolvedCase)];
    const [part, trashed] = [
      one({ parentId: source.id }, aResolvedCase),
      one({ parentId: source.id, deletedAt: source.createdAt }, aResolvedCase),
    ];
    const changes = changesOf(aMerge(main.id, [source.id]), { cases: [main, source, part, trashed] });
    expect(changes.map(({ kind, state }) => [kind, state.id])).toEqual([
      ['merge_received', main.id],
      ['comment_added', main.id],
      ['merged', source.id],
      ['closed', part.id],
    ]);
    expect(changes[2]?.state).toMatchObject({ resolution: source.resolution, resolvedAt: source.resolvedAt });
    expect(changes[3]?.state).toMatchObject({ closedReason: 'merged', mergedIntoId: null });
  });

  it('says of each source why it cannot, and does none of it', () => {
    const main = one({ parentId: null });
    const closed = one({}, aClosedCase);
    const trashed = one({ deletedAt: main.createdAt });
    const parent = one();
    const part = one({ parentId: parent.id });
    const fine = one();
    expect(whyNot(main, [fine, closed, trashed, part, parent])).toEqual([
      'merge-not-allowed',
      ...[1, 2, 3, 4].map((index) => `/source_ids/${index}`),
    ]);
    expect(refusalOf(aMerge(main.id, [main.id]), { cases: [main] }).code).toBe('merge-not-allowed');
    const unknown = refusalOf(aMerge(main.id, [fine.id, closed.id]), { cases: [main, fine] });
    expect([unknown.code, unknown.faults[0]?.pointer]).toEqual(['validation-failed', '/source_ids/1']);
    expect(whyNot(closed, [fine])).toEqual(['case-closed']);
    expect(whyNot(trashed, [fine])).toEqual(['case-deleted']);
    const under = one({ parentId: parent.id }, aResolvedCase);
    expect(whyNot(under, [parent])).toEqual(['merge-not-allowed', '/source_ids/0']);
  });

  it('lets the incidents of a problem go on under another problem, and under nothing else', () => {
    const problem = one({ type: 'problem' });
    const incidents = [one({ type: 'incident', problemId: problem.id })];
    const resolved = one({ type: 'incident', problemId: problem.id }, aResolvedCase);
    expect(whyNot(one(), [problem], incidents)).toEqual(['merge-not-allowed', '/source_ids/0']);
    expect(whyNot(one({ type: 'problem' }, aResolvedCase), [problem], incidents)[0]).toBe('merge-not-allowed');
    const main = one({ type: 'problem' });
    const cases = [main, problem, ...incidents, resolved];
    const linked = changesOf(aMerge(main.id, [problem.id]), { cases }).filter(({ kind }) => kind === 'problem_linked');
    expect(linked.map(({ state }) => [state.id, state.problemId, state.category])).toEqual([
      [incidents[0]?.id, main.id, 'new'],
      [resolved.id, main.id, 'resolved'],
    ]);
  });

  it('joins cases of different requesters only when that is said, and their people only when that is', () => {
    const other = { kind: 'contact', id: '0199a3c2-6f5e-7c1d-9b7a-ffffffffffff' } as const;
    const main = one({ participants: ['email:dan@example.org'] });
    const participants = ['follower:email:dan@example.org', `contact:${main.requester.id}`, 'email:eve@example.org'];
    const source = one({ requester: other, participants });
    expect(whyNot(main, [one(), source])).toEqual(['cross-requester-merge', '/source_ids/1']);
    const parts = { cases: [main, source] };
    const alone = changesOf(aMerge(main.id, [source.id], { confirmCrossRequester: true }), parts);
    expect(alone[0]?.state.participants).toEqual(main.participants);
    const said = { confirmCrossRequester: true, addParticipants: true };
    expect(changesOf(aMerge(main.id, [source.id], said), parts)[0]?.state.participants).toEqual([
      'email:dan@example.org',
      `contact:${other.id}`,
      'email:eve@example.org',
    ]);
    const many = one({ participants: Array.from({ length: 48 }, (_, index) => `email:${index}@example.org`) });
    const full = refusalOf(aMerge(main.id, [many.id], said), { cases: [main, many] });
    expect(full.faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/add_participants too-many-items']);
  });

  it('changes nothing when it is so already', () => {
    const main = one();
    const gone = one({ mergedIntoId: main.id, closedReason: 'merged' }, aClosedCase);
    expect(effectsOfCommand(aMerge(main.id, [gone.id]), { cases: [main, gone] }).cases).toEqual([]);
    const third = one({}, owned);
    const changes = changesOf(aMerge(main.id, [gone.id, third.id, third.id]), { cases: [main, gone, third] });
    expect(changes.filter(({ kind }) => kind === 'merged').map(({ state }) => state.id)).toEqual([third.id]);
  });
});
