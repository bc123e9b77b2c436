import { callStoryOf, type StoryMoment, statusOf } from '#libs/case-domain';
import { loadCase, loadInteraction, type CaseView, type Queryable } from '#libs/case-store';
import type { AgentReference, Interaction } from '#libs/interaction';
import { failed, succeeded, type Outcome } from '../context.js';
import type { ExplainedAgent, ExplainedCall } from './call-lines.js';
import type { Explanation } from './explanation.js';
import { movedOf } from './moves.js';
import { automaticOf, personOf, trustLine } from './people.js';

/** Reads the interaction and its case from the tables. */
export async function readFromDatabase(
  client: Queryable,
  accountId: string,
  interactionId: string,
): Promise<Outcome<Explanation>> {
  const view = await loadInteraction(client, accountId, interactionId);
  if (view === null) {
    return failed(`Account ${accountId} has no interaction ${interactionId}.`);
  }
  const { interaction, caseId } = view;
  const found = caseId === null ? null : await loadCase(client, accountId, { by: 'id', id: caseId });
  return succeeded({
    interaction: {
      id: interaction.id,
      channel: interaction.channel,
      occurredAt: interaction.occurredAt,
      sender: personOf(interaction.sender),
      subject: interaction.content.subject,
      endpoints: view.endpoints,
      outcome: view.outcome,
      visibility: view.visibility,
      flags: interaction.flags,
      automatic: automaticOf(interaction.automatic ?? null),
      trust: trustLine(interaction.trust),
    },
    call: callOf(interaction),
    evidence: view.decision,
    moves: view.moves.map(movedOf),
    case: found === null ? null : caseOf(found),
  });
}

function caseOf({ state, names }: CaseView): Explanation['case'] {
  return {
    id: state.id,
    number: state.number ?? '',
    subject: state.subject,
    status: statusOf(state),
    group: names.group,
    assignee: names.assignee.name,
    requester: names.requester.name ?? state.supplied.email,
  };
}

function callOf(interaction: Interaction): ExplainedCall | null {
  const story = callStoryOf(interaction);
  if (story === null) {
    return null;
  }
  const { summary, outcome, disposition, line, queue, moments } = story;
  return {
    outcome,
    disposition,
    line,
    queue,
    started_at: summary.startedAt,
    durations_ms: { ...summary.durations },
    talks: summary.talks.map(({ agent, from, until }) => ({ agent: agent && agentOf(agent), from, until })),
    moments: moments.map(momentOf),
  };
}

function momentOf({ at, kind, agents = [], answeredBy, end, transfer, decides }: StoryMoment) {
  const by = answeredBy ?? end?.by ?? null;
  const reason = transfer?.kind ?? end?.reason ?? null;
  const to = transfer?.agent ? agentOf(transfer.agent) : null;
  return { at, kind, agents: agents.map(agentOf), by, reason, to, decides };
}

function agentOf({ email = null, extension = null, id = null, name = null }: AgentReference): ExplainedAgent {
  return { email, extension, id, name };
}
