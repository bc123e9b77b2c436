import type { Effects } from './effects.js';
import type { Evidence } from './evidence.js';
import type { InteractionVerdict } from './verdict.js';

/** What was decided about one input: how it ends, what that does, and why. */
export interface Decision<Verdict, Why = Evidence> {
  readonly verdict: Verdict;
  readonly effects: Effects;
  readonly evidence: Why;
}

export type InteractionDecision = Decision<InteractionVerdict>;
