import { callStoryOf, type StoryMoment } from '#libs/case-domain';
import type { AgentReference, Interaction } from '#libs/interaction';
import type { CallAgentResource, CallMomentResource, CallResource } from './call.resource.js';

/** What a call that was told in facts amounts to; null for every other interaction. */
export function callResourceOf(interaction: Interaction): CallResource | null {
  const story = callStoryOf(interaction);
  if (story === null) {
    return null;
  }
  const { summary, outcome, disposition, line, queue, moments } = story;
  const { by, reason = null, providerCode = null, q850 = null, sip = null } = summary.end;
  return {
    outcome,
    disposition,
    line,
    queue,
    menu_path: [...summary.menuPath],
    started_at: summary.startedAt,
    queued_at: summary.queuedAt,
    ringing_at: summary.ringingAt,
    media_answered_at: summary.mediaAnsweredAt,
    agent_connected_at: summary.agentConnectedAt,
    ended_at: summary.endedAt,
    durations_ms: { ...summary.durations },
    end: { by: by ?? 'unknown', reason, provider_code: providerCode, q850, sip },
    talks: summary.talks.map(({ agent, from, until }) => ({ agent: agent && agentOf(agent), from, until })),
    rang: summary.rang.map(agentOf),
    moments: moments.map(momentOf),
  };
}

function momentOf(moment: StoryMoment): CallMomentResource {
  const { at, kind, agents = [], legId = null, answeredBy, end, transfer, decides } = moment;
  return {
    at,
    kind,
    agents: agents.map(agentOf),
    leg_id: legId,
    by: answeredBy ?? end?.by ?? null,
    reason: transfer?.kind ?? end?.reason ?? null,
    to: transfer?.agent ? agentOf(transfer.agent) : null,
    decides,
  };
}

function agentOf({ email = null, extension = null, id = null, name = null }: AgentReference): CallAgentResource {
  return { email, extension, id, name };
}
