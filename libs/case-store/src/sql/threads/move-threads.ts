import type { ThreadMove } from '#libs/case-domain';
import { plainArray, textArray } from '../../array-literals.js';
import { ConcurrentChange } from '../../conflicts.js';
import type { Queryable } from '../../queryable.js';

/**
 * Has names lead to other cases, or nowhere. Ends in `ConcurrentChange` when one of them does not lead any more where it
 * led when that was decided.
 */
export async function moveThreads(client: Queryable, accountId: string, moves: readonly ThreadMove[]): Promise<void> {
  const [fresh, known] = [moves.filter(({ from }) => from === null), moves.filter(({ from }) => from !== null)];
  const gone = known.filter(({ to }) => to === null);
  const moved = known.filter(({ to }) => to !== null);
  const counts = [
    fresh.length === 0 ? 0 : await insertNames(client, accountId, fresh),
    gone.length === 0 ? 0 : await deleteNames(client, accountId, gone),
    moved.length === 0 ? 0 : await updateNames(client, accountId, moved),
  ];
  if (counts.reduce((sum, count) => sum + count, 0) !== moves.length) {
    throw new ConcurrentChange('thread_key');
  }
}

async function insertNames(client: Queryable, accountId: string, moves: readonly ThreadMove[]): Promise<number> {
  const { rowCount } = await client.query({
    name: 'insert_moved_threads',
    text: `
      insert into thread_key (account_id, kind, value, case_id, interaction_id)
      select $1, kind, value, case_id, interaction_id
      from unnest($2::text[], $3::text[], $4::uuid[], $5::uuid[]) as given (kind, value, case_id, interaction_id)
      on conflict (account_id, kind, value) do nothing`,
    values: [accountId, ...namesOf(moves), ...targetsOf(moves.map(({ to }) => to))],
  });
  return rowCount ?? 0;
}

/** Whether a name is as it was decided on. */
const UNCHANGED = `
  t.account_id = $1 and t.kind = given.kind and t.value = given.value
    and t.case_id = given.case_before and t.interaction_id is not distinct from given.interaction_before`;

async function deleteNames(client: Queryable, accountId: string, moves: readonly ThreadMove[]): Promise<number> {
  const { rowCount } = await client.query({
    name: 'delete_moved_threads',
    text: `
      delete from thread_key t
      using unnest($2::text[], $3::text[], $4::uuid[], $5::uuid[])
        as given (kind, value, case_before, interaction_before)
      where ${UNCHANGED}`,
    values: [accountId, ...namesOf(moves), ...targetsOf(moves.map(({ from }) => from))],
  });
  return rowCount ?? 0;
}

async function updateNames(client: Queryable, accountId: string, moves: readonly ThreadMove[]): Promise<number> {
  const { rowCount } = await client.query({
    name: 'update_moved_threads',
    text: `
      update thread_key t
      set case_id = given.case_id, interaction_id = given.interaction_id
      from unnest($2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])
        as given (kind, value, case_before, interaction_before, case_id, interaction_id)
      where ${UNCHANGED}`,
    values: [
      accountId,
      ...namesOf(moves),
      ...targetsOf(moves.map(({ from }) => from)),
      ...targetsOf(moves.map(({ to }) => to)),
    ],
  });
  return rowCount ?? 0;
}

function namesOf(moves: readonly ThreadMove[]): string[] {
  return [plainArray(moves.map(({ kind }) => kind)), textArray(moves.map(({ value }) => value))];
}

function targetsOf(targets: readonly ThreadMove['to'][]): string[] {
  return [
    plainArray(targets.map((target) => target?.caseId ?? null)),
    plainArray(targets.map((target) => target?.interactionId ?? null)),
  ];
}
