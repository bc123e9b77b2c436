import type { Decision } from '#libs/case-domain';

/** The named state that an interaction ends in; also the label of the metric. */
export type Outcome =
  | 'created'
  | 'followed_up'
  | 'attached'
  | 'reopened'
  | 'automatic'
  | 'internal'
  | 'suspended'
  | `recorded:${Extract<Decision, { kind: 'record' }>['reason']}`;

export function outcomeOf(decision: Decision): Outcome {
  switch (decision.kind) {
    case 'create':
      return decision.relation?.kind === 'follow_up' ? 'followed_up' : 'created';
    case 'attach':
      return decision.effect;
    case 'record':
      return `recorded:${decision.reason}`;
    case 'suspend':
      return 'suspended';
  }
}
