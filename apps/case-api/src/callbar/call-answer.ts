import { type CallNow, customerOf } from '#libs/case-domain';
import type { BesideCallView, CandidateRow, ChoiceRow, InteractionView } from '#libs/case-store';
import type { AgentReference, Party } from '#libs/interaction';

/** A call as the pop-up of a call bar shows it. */
export function callAnswer(view: InteractionView, now: CallNow): Record<string, unknown> {
  const { interaction, caseId, caseNumber, outcome } = view;
  const { connection, callId, startedAt, endedAt, ringing, talking, queue } = now;
  return {
    interaction_id: interaction.id,
    connection,
    call_id: callId,
    direction: interaction.direction,
    customer: partyAnswer(customerOf(interaction)),
    line: interaction.endpoint?.address ?? null,
    queue,
    started_at: startedAt,
    ended_at: endedAt,
    ringing: ringing.map(agentAnswer),
    talking: talking.map(agentAnswer),
    outcome: interaction.outcome ?? null,
    state: outcome,
    case: caseAnswer(caseId, caseNumber),
  };
}

function partyAnswer(party: Party | null): Record<string, unknown> | null {
  return party === null
    ? null
    : {
        number: party.kind === 'phone' ? party.value : null,
        name: party.name ?? null,
        withheld: party.kind === 'anonymous',
      };
}

function agentAnswer({ email, extension, id, name }: AgentReference): Record<string, unknown> {
  return { email: email ?? null, extension: extension ?? null, id: id ?? null, name: name ?? null };
}

function caseAnswer(id: string | null, number: string | null): Record<string, unknown> | null {
  return id === null ? null : { id, number: number === null ? null : Number(number), url: `/v1/cases/${id}` };
}

export function candidateAnswer({
  contactId,
  name,
  kind,
  lastSeenAt,
  liveCases,
}: CandidateRow): Record<string, unknown> {
  return {
    contact_id: contactId,
    name,
    kind,
    last_seen_at: lastSeenAt?.toISOString() ?? null,
    cases: liveCases.map(({ id, number, subject, category, assigneeId }) => {
      return { ...caseAnswer(id, number), subject, status: category, assignee_id: assigneeId };
    }),
  };
}

export function proposalAnswer({ contactId, agentId, at }: ChoiceRow): Record<string, unknown> {
  return { contact_id: contactId, chosen_by: agentId, chosen_at: at.toISOString() };
}

/** What agents told of the call beside its case: of dispositions and callbacks the last one counts. */
export function pressedAnswer(pressed: readonly BesideCallView[]): Record<string, unknown> {
  const last = (action: string): BesideCallView | undefined => pressed.filter((one) => one.action === action).at(-1);
  const disposition = last('disposition.set');
  const callback = last('callback.schedule');
  return {
    disposition: disposition
      ? { code: disposition.code, label: disposition.label, agent_id: disposition.agentId }
      : null,
    callback: callback ? { at: callback.at, agent_id: callback.agentId } : null,
    wrapups: wrapUpsOf(pressed),
  };
}

function wrapUpsOf(pressed: readonly BesideCallView[]): Record<string, unknown>[] {
  const wrapUps: { agent_id: string; from: string; until: string | null }[] = [];
  for (const { action, agentId, occurredAt } of pressed) {
    const open = wrapUps.find((one) => one.agent_id === agentId && one.until === null);
    if (action === 'wrapup.start' && open === undefined) {
      wrapUps.push({ agent_id: agentId, from: occurredAt.toISOString(), until: null });
    } else if (action === 'wrapup.end' && open !== undefined) {
      open.until = occurredAt.toISOString();
    }
  }
  return wrapUps;
}
