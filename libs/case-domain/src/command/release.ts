import type { CaseState } from '../case/case-state.js';
import { releaseCase } from '../people/release.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import type { ReleaseCommand } from './command.js';
import { type CommandDecision, unchanged } from './command-decision.js';

/** The case's agent or group leaves, and somebody else has it. */
export function decideRelease(
  { leaving }: ReleaseCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision {
  const effects = releaseCase(state, leaving, circumstances.snapshot, causedByAsker(circumstances, {}));
  const after = effects.cases.at(-1)?.state;
  return after === undefined
    ? unchanged(state)
    : { verdict: { outcome: 'done', caseId: after.id, version: after.version }, effects, evidence: null };
}
