import type { ExplainedMove } from './explanation.js';

/** A move as the API and the tables tell it. */
export interface MoveAnswer {
  readonly at: string;
  readonly by: { readonly kind: string };
  readonly on_behalf_of: string | null;
  readonly from_case_id: string | null;
  readonly to_case_id: string | null;
  readonly thread: boolean;
}

export function movedOf({ at, by, on_behalf_of: agent, from_case_id, to_case_id, thread }: MoveAnswer): ExplainedMove {
  return { at, by: agent === null ? by.kind : 'agent', from: from_case_id, to: to_case_id, thread };
}

/** One move as a line for people. */
export function moveLine({ at, by, from, to, thread }: ExplainedMove): string {
  const way = from === null ? `to ${to}` : to === null ? `off ${from}` : `from ${from} to ${to}`;
  return `${at} by an ${by}, ${way}; later replies ${thread ? 'follow' : 'do not follow'}`;
}
