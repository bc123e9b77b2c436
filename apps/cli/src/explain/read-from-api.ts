import { succeeded, type Outcome } from '../context.js';
import type { ExplainedCall } from './call-lines.js';
import type { Explanation } from './explanation.js';
import { callApi, type ApiAccess } from '../installation/api-access.js';
import { type MoveAnswer, movedOf } from './moves.js';
import { automaticOf, personOf, trustLine } from './people.js';

/** The part of the API's answers that is told. */
interface InteractionAnswer {
  readonly id: string;
  readonly channel: string;
  readonly occurred_at: string;
  readonly sender: { readonly value: string; readonly name: string | null };
  readonly endpoints: string[];
  readonly flags: string[];
  readonly visibility: string;
  readonly outcome: string;
  readonly automatic: { readonly class: string; readonly signals: string[] } | null;
  readonly trust: { readonly verdict: string; readonly reason: string; readonly checks?: readonly string[] };
  readonly content: { readonly subject: string };
  /** Absent where the API is an older one. */
  readonly call?: ExplainedCall | null;
  readonly case: { readonly id: string } | null;
  /** Absent where the API is an older one. */
  readonly moves?: readonly MoveAnswer[];
  readonly decision: DecisionAnswer;
}

interface DecisionAnswer extends Pick<Explanation['evidence'], 'requester' | 'reasons' | 'rules'> {
  readonly thread: {
    readonly rule: string;
    readonly matched: { readonly kind: string; readonly value: string } | null;
    readonly conflicts: readonly Record<'rule' | 'kind' | 'value' | 'case_id', string>[];
    readonly joined?: readonly Record<'rule' | 'kind' | 'value' | 'case_id', string>[];
    readonly ignored?: readonly (Record<'rule' | 'kind' | 'value' | 'because', string> & {
      readonly case_id?: string;
    })[];
    readonly subject_changed?: boolean;
    readonly name_reused?: boolean;
  };
  readonly group: { readonly rule: string; readonly group_id: string } | null;
  readonly assignment: {
    readonly rule: string;
    readonly strategy: string | null;
    readonly candidates_count: number;
    readonly chosen_because: string;
  } | null;
}

interface CaseAnswer {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly group: { readonly name: string | null };
  readonly assignee: { readonly name: string | null } | null;
  readonly requester: { readonly name: string | null };
  readonly supplied: { readonly email: string | null };
}

/** Reads the interaction and its case over the HTTP API. */
export async function readFromApi(access: ApiAccess, interactionId: string): Promise<Outcome<Explanation>> {
  const path = `/v1/interactions/${encodeURIComponent(interactionId)}`;
  const answer = await callApi<InteractionAnswer>(access, 'GET', path);
  if (!answer.ok) {
    return answer;
  }
  const interaction = answer.value;
  const found =
    interaction.case === null ? null : await callApi<CaseAnswer>(access, 'GET', `/v1/cases/${interaction.case.id}`);
  if (found !== null && !found.ok) {
    return found;
  }
  return succeeded({
    interaction: {
      id: interaction.id,
      channel: interaction.channel,
      occurredAt: interaction.occurred_at,
      sender: personOf(interaction.sender),
      subject: interaction.content.subject,
      endpoints: interaction.endpoints,
      outcome: interaction.outcome,
      visibility: interaction.visibility,
      flags: interaction.flags,
      automatic: automaticOf(interaction.automatic),
      trust: trustLine(interaction.trust),
    },
    call: interaction.call ?? null,
    evidence: evidenceOf(interaction.decision),
    moves: (interaction.moves ?? []).map(movedOf),
    case: found === null ? null : caseOf(found.value),
  });
}

function evidenceOf(decision: DecisionAnswer): Explanation['evidence'] {
  // Absent where the API is an older one.
  const { thread, requester, group, assignment, rules = [], reasons } = decision;
  return {
    thread: threadOf(thread),
    requester,
    group: group === null ? null : { rule: group.rule, groupId: group.group_id },
    assignment:
      assignment === null
        ? null
        : {
            rule: assignment.rule,
            strategy: assignment.strategy,
            candidatesCount: assignment.candidates_count,
            chosenBecause: assignment.chosen_because,
          },
    rules,
    reasons,
  };
}

function threadOf(thread: DecisionAnswer['thread']): Explanation['evidence']['thread'] {
  const { rule, matched, conflicts, joined = [], ignored = [] } = thread;
  const named = ({ case_id: caseId, ...rest }: (typeof conflicts)[number]) => ({ ...rest, caseId });
  return {
    rule,
    matched,
    conflicts: conflicts.map(named),
    joined: joined.map(named),
    ignored: ignored.map(({ case_id: caseId, ...rest }) => (caseId === undefined ? rest : { ...rest, caseId })),
    subjectChanged: thread.subject_changed ?? false,
    nameReused: thread.name_reused ?? false,
  };
}

function caseOf(found: CaseAnswer): Explanation['case'] {
  return {
    id: found.id,
    number: String(found.number),
    subject: found.subject,
    status: found.status,
    group: found.group.name,
    assignee: found.assignee?.name ?? null,
    requester: found.requester.name ?? found.supplied.email,
  };
}
