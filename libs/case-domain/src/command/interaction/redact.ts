import type { CaseState } from '../../case/case-state.js';
import { changeCase, type CaseFields } from '../../case/change.js';
import type { NamedInteraction } from '../../decision/named-interaction.js';
import { effectsOf } from '../../decision/effects.js';
import { wordsFor, type Words } from '../../new-case/words.js';
import { isSpoken } from '../../people/people.js';
import type { Interaction } from '#libs/interaction';
import { causedByAsker, type Circumstances } from '../circumstances.js';
import type { RedactInteractionCommand } from '../command.js';
import type { CommandDecision } from '../command-decision.js';
import type { Refusal } from '../refusal.js';
import { refuse, refuseFaulty } from '../refuse.js';
import { contentDigests, redactedInteraction, REDACTED_TEXT } from './redacted-interaction.js';
import { refuseUnsettled } from './unsettled.js';

/**
 * What an interaction said is taken away for good; who did it, when and why stays. Also in closed cases and in the trash.
 * The case that it opened still says its words where nobody has changed them: those go too.
 */
export function decideInteractionRedaction(
  command: RedactInteractionCommand,
  named: NamedInteraction,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const { snapshot, asker, findings } = circumstances;
  const current = stateOf(named.caseId, snapshot.cases);
  if (!asker.admin) {
    return refuse({ code: 'forbidden', detail: 'Only administrators take away what was said.' }, current);
  }
  const isWaiting = named.outcome !== 'rejected';
  const refused = refuseFaulty(findings, current) ?? (isWaiting ? refuseUnsettled(named, current) : null);
  if (refused !== null) {
    return refused;
  }
  return named.isRedacted || command.reason === null
    ? { verdict: verdictOf('unchanged', named, current), effects: effectsOf({}), evidence: null }
    : redacted(command.reason, named, current, circumstances);
}

function redacted(
  reason: string,
  named: NamedInteraction,
  current: CaseState | null,
  circumstances: Circumstances,
): CommandDecision {
  const { interaction, revision } = named;
  const { snapshot } = circumstances;
  // A call's case says what its whole family says, whichever of it is told as its origin.
  const opened = stateOf(named.openedCaseId, snapshot.cases) ?? (isSpoken(interaction) ? current : null);
  const { subject, text: description } = copiedWords(interaction, opened, circumstances);
  const copies = { subject, description, everyVersion: isSpoken(interaction) };
  const cause = causedByAsker(circumstances, { interaction_id: interaction.id, reason });
  const cases = [
    ...(opened === null ? [] : [changeCase(opened, 'interaction_redacted', wordsTakenFrom(opened, copies), cause)]),
    ...(current === null || current.id === opened?.id ? [] : [changeCase(current, 'interaction_redacted', {}, cause)]),
  ];
  const { actor: by, onBehalfOf, at } = cause;
  const redaction = {
    ...{ id: interaction.id, caseId: named.caseId, by, onBehalfOf: onBehalfOf?.id ?? null, reason, at },
    revision,
    left: redactedInteraction(interaction),
    contents: contentDigests(interaction),
    copies:
      opened === null ? null : { ...copies, caseId: opened.id, number: opened.number, mainId: opened.mergedIntoId },
  };
  const after = cases.find(({ state }) => state.id === named.caseId)?.state ?? null;
  return {
    verdict: verdictOf('done', named, after),
    effects: effectsOf({ cases, interactionRedactions: [redaction] }),
    evidence: null,
  };
}

/** As the case has them; what was spoken in one family stands in one description. */
function copiedWords(interaction: Interaction, opened: CaseState | null, { snapshot }: Circumstances): Words {
  const match = opened?.requesterMatch ?? { method: 'R6', confidence: 'weak', candidates: [] };
  const { subject, text } = wordsFor(interaction, match, snapshot);
  const said = interaction.content.text;
  const isAmongOthers = isSpoken(interaction) && said !== '' && opened?.description.includes(said) === true;
  return { subject, text: isAmongOthers ? opened.description : text };
}

function wordsTakenFrom(
  { subject, description }: CaseState,
  copies: Pick<CaseState, 'subject' | 'description'>,
): CaseFields {
  return {
    ...(subject !== '' && subject === copies.subject ? { subject: REDACTED_TEXT } : {}),
    ...(description !== '' && description === copies.description ? { description: REDACTED_TEXT } : {}),
  };
}

function stateOf(caseId: string | null, cases: ReadonlyMap<string, CaseState>): CaseState | null {
  return caseId === null ? null : (cases.get(caseId) ?? null);
}

function verdictOf(
  outcome: 'done' | 'unchanged',
  { interaction, caseId }: NamedInteraction,
  state: CaseState | null,
): CommandDecision['verdict'] {
  return { outcome, caseId, version: state?.version ?? null, interactionId: interaction.id };
}
