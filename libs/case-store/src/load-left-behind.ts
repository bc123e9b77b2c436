import { type LeftBehind, type SaidByAgents, type SaidByChannel, type Snapshot, threadKeyOf } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { loadSaidBeside, loadSharedNames, type SaidRow } from './sql/interactions/load-said-beside.js';

/** What is left in the cases of interactions when these go. The caller holds the locks of the cases. */
export async function loadLeftBehind(
  client: Queryable,
  accountId: string,
  ids: readonly string[],
): Promise<Snapshot['leftBehind']> {
  const said = ids.length === 0 ? [] : await loadSaidBeside(client, accountId, ids);
  const shared = ids.length === 0 ? [] : await loadSharedNames(client, accountId, ids);
  return new Map(
    ids.map((id): readonly [string, LeftBehind] => {
      const names = shared.filter(({ interactionId }) => interactionId === id);
      return [
        id,
        {
          said: said.filter(({ interactionId }) => interactionId === id).map(saidOf),
          shared: new Set(names.map(({ kind, value }) => threadKeyOf(kind, value))),
        },
      ];
    }),
  );
}

function saidOf(row: SaidRow): SaidByChannel | SaidByAgents {
  const times = { first: row.first.toISOString(), last: row.last.toISOString() };
  const { submitterKind } = row;
  return row.form === 'comment'
    ? { form: row.form, public: row.public === true, ...times }
    : { form: row.form, direction: row.direction ?? '', outcome: row.outcome ?? '', submitterKind, ...times };
}
