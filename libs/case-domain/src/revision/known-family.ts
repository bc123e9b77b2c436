import type { Interaction } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import type { Moment } from '../decision/moment.js';
import type { Snapshot } from '../decision/snapshot.js';
import { type RevisedField, setterOf } from '../family/setters.js';

/** What is known of a family of calls, and the case that says it. */
export interface Known {
  readonly state: CaseState;
  readonly family: readonly Interaction[];
  /** The family as one call. */
  readonly view: Interaction;
  /** Tags that were not known before. */
  readonly added: readonly string[];
  /** Fields that the family has set just now. */
  readonly own: ReadonlySet<keyof CaseState>;
  readonly snapshot: Snapshot;
  readonly moment: Moment;
}

/** Whether nobody else has set a field since the family did. */
export function isOurs({ state, family, own, snapshot }: Known, field: RevisedField): boolean {
  const setter = own.has(field) ? null : setterOf(state.id, field, snapshot);
  return setter === null || family.some(({ id }) => id === setter);
}
