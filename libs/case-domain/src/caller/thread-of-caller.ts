import type { Interaction } from '#libs/interaction';
import type { CaseState } from '../case/case-state.js';
import type { Snapshot } from '../decision/snapshot.js';
import { callerOf, spokenOutcome } from '../people/customer.js';
import { identifiedCustomer, lineOfCustomer } from '../people/identified.js';
import type { Thread } from '../thread/thread.js';
import { liveCasesOf } from './live-cases.js';
import { caseOfUnanswered } from './unanswered.js';

/** A new case is related to so many others at most. */
const MOST_RELATED = 5;

/**
 * Where a call belongs that no name leads anywhere (channels.md F), first hit wins:
 * 1. 2b: to what the same number wanted minutes ago, when nobody took it either
 * 2. 3: to the only live case of who calls
 * 3. 3b: of several nobody can tell which one is meant: a new case, related to each
 * Who hides the number is nobody. What opens no case joins none either by these.
 */
export function withCaller(thread: Thread, interaction: Interaction, snapshot: Snapshot): Thread {
  const caller = callerOf(interaction);
  if (thread.target !== null || caller === null || interaction.occasion === null || !spokenOutcome(interaction)) {
    return thread;
  }
  const before = caseOfUnanswered(interaction, snapshot);
  if (before !== null) {
    return leadingTo(before, 'unanswered_before', thread);
  }
  // Behind a line that several share, what is live is the line's.
  const person = identifiedCustomer(interaction, snapshot) ?? lineOfCustomer(interaction, snapshot);
  const live = person === null ? [] : liveCasesOf(person, interaction, snapshot);
  const [only, ...others] = live;
  if (only !== undefined && others.length === 0) {
    return leadingTo(only, 'only_live_case', thread);
  }
  return live.length === 0 ? thread : { ...thread, related: live.slice(0, MOST_RELATED) };
}

/** The number is kept with the interaction, and not a second time with what was decided about it. */
function leadingTo(target: CaseState, rule: string, thread: Thread): Thread {
  return { ...thread, target, evidence: { ...thread.evidence, rule, matched: null, namedCaseId: target.id } };
}
