import { type CaseMeasures, type CaseState, type FinalMeasures, finalMeasuresOf, measuresOf } from '#libs/case-domain';
import { listCategoryChanges, type Queryable } from '#libs/case-store';

/** A case of whose measures some became final. */
export interface MeasuredCase {
  readonly state: CaseState;
  readonly final: FinalMeasures;
  /** All that it took, once it is closed. */
  readonly whole: CaseMeasures | null;
}

/** Cases as one transaction has written them. */
interface WrittenCases {
  readonly accountId: string;
  /** ISO 8601. */
  readonly now: string;
  readonly inserted: readonly CaseState[];
  readonly updated: readonly CaseState[];
}

/**
 * Measures the cases that a plan has just written, as far as something became final. Only what was closed needs its
 * history: whatever else happens costs no statement.
 */
export async function measureCases(
  client: Queryable,
  { accountId, now, inserted, updated }: WrittenCases,
  loaded: ReadonlyMap<string, CaseState>,
): Promise<MeasuredCase[]> {
  const measured = [...inserted, ...updated].flatMap((state) => {
    const final = finalMeasuresOf(loaded.get(state.id), state);
    return final === null ? [] : [{ state, final }];
  });
  const closed = measured.flatMap(({ state, final }) => (final.closed ? [state.id] : []));
  const changes = closed.length === 0 ? null : await listCategoryChanges(client, accountId, closed);
  return measured.map(({ state, final }) => {
    const history = changes?.get(state.id);
    return { state, final, whole: history === undefined ? null : measuresOf(state, history, now) };
  });
}
