import type { Interaction } from '#libs/interaction';
import { actsAsAgent } from '../people/agent-proof.js';
import { caseOf, isJoined, isOpened, type InteractionVerdict } from '../decision/verdict.js';
import { isHidden } from '../people/customer.js';
import { speakerOf } from '../people/people.js';
import type { Hold } from './quarantine.js';
import { WITHHELD } from '../decision/calls.js';
import { identityOf, type Snapshot } from '../decision/snapshot.js';
import type { BackStops, Passage } from '../decision/traffic.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Colleagues bring many customers' mails, and have proven who they are. */
const AGENTS_FACTOR = 10;
/** Reports about mail of ours: one server reports for all of its users. */
const REPORTS: ReadonlySet<string> = new Set(['bounce_hard', 'bounce_soft', 'receipt', 'abuse_report']);

/** The minute, in milliseconds, that the traffic around an interaction is counted from. */
export function trafficMinuteOf(interaction: Interaction): number {
  return Math.ceil(arrivalOf(interaction) / MINUTE) * MINUTE;
}

export function trafficKeyOf(sender: string, minute: number): string {
  return `${sender}\n${minute}`;
}

/** When its mailbox or our listener got it: the sender's own clock would let a flood through with one day for each. */
export function arrivalOf({ arrivedAt, receivedAt }: Interaction): number {
  return Date.parse(arrivedAt ?? receivedAt);
}

/** Whether any limit is set, so that traffic has to be counted at all. */
export function countsTraffic(limits: BackStops): boolean {
  return limits.newCasesPerHour > 0 || limits.messagesPerCaseAndHour > 0 || limits.automaticPerDay > 0;
}

/** Whether the limit on automatic messages is about the interaction. */
export function isCountedAutomatic({ handling, automatic }: Interaction, verdict?: InteractionVerdict): boolean {
  const isReport = REPORTS.has(automatic?.class ?? '');
  return handling === 'attach_only' && !(isReport && verdict !== undefined && isJoined(verdict));
}

/**
 * Why a verdict is not carried out by itself: its sender has had all that is let through. Counted is what was let
 * through in the time before and after the arrival, so that neither the order of a batch nor a replay matters much.
 */
export function surplusOf(interaction: Interaction, verdict: InteractionVerdict, snapshot: Snapshot): Hold | null {
  if (isHidden(interaction)) {
    return surplusOfHidden(interaction, verdict, snapshot);
  }
  const limits = snapshot.account.backStops;
  if (interaction.direction === 'outbound' || !countsTraffic(limits)) {
    return null;
  }
  const factor = actsAsAgent(interaction, snapshot) ? AGENTS_FACTOR : 1;
  const traffic = trafficOf(interaction, verdict, snapshot);
  const isOver = (count: number, limit: number) => limit > 0 && count >= limit * factor;
  if (isCountedAutomatic(interaction, verdict) && isOver(traffic.automatic, limits.automaticPerDay)) {
    return { reason: 'too_many_automatic', sentence: saying('automatic messages', traffic.automatic, '24 hours') };
  }
  if (isOpened(verdict) && isOver(traffic.newCases, limits.newCasesPerHour)) {
    return { reason: 'too_many_cases', sentence: saying('new cases', traffic.newCases, '60 minutes') };
  }
  return isJoined(verdict) && isOver(traffic.messages, limits.messagesPerCaseAndHour)
    ? { reason: 'too_many_in_case', sentence: saying('messages in this case', traffic.messages, '60 minutes') }
    : null;
}

/** Nobody can tell how many of them are one, so all on a line are counted together, by the times of the calls. */
function surplusOfHidden(interaction: Interaction, verdict: InteractionVerdict, snapshot: Snapshot): Hold | null {
  const limit = snapshot.account.calls.withheldCasesPerHour;
  const line = interaction.endpoint?.address ?? null;
  const at = Date.parse(interaction.occurredAt);
  const before = (snapshot.calls.get(WITHHELD) ?? []).filter((call) => {
    return call.opened && call.line === line && Math.abs(Date.parse(call.at) - at) < HOUR;
  });
  return limit > 0 && isOpened(verdict) && before.length >= limit
    ? {
        reason: 'too_many_cases',
        sentence: `Callers who hide their number have had ${before.length} new cases on this line within 60 minutes: what is more waits for a person.`,
      }
    : null;
}

function saying(what: string, count: number, span: string): string {
  return `Its sender was let through with ${count} ${what} within ${span}: what is more waits for a person.`;
}

/** Notes what was let through, so that the rest of the batch is measured by it. */
export function countPassage(snapshot: Snapshot, interaction: Interaction, verdict: InteractionVerdict): void {
  const { backStops } = snapshot.account;
  if (verdict.outcome === 'suspended' || interaction.direction === 'outbound' || !countsTraffic(backStops)) {
    return;
  }
  const sender = identityOf(speakerOf(interaction));
  const passage: Passage = {
    at: arrivalOf(interaction),
    opened: isOpened(verdict),
    automatic: isCountedAutomatic(interaction, verdict),
    caseId: caseOf(verdict),
  };
  const passed = snapshot.traffic.passed.get(sender);
  if (passed === undefined) {
    snapshot.traffic.passed.set(sender, [passage]);
  } else {
    passed.push(passage);
  }
}

function trafficOf(interaction: Interaction, verdict: InteractionVerdict, { traffic }: Snapshot) {
  const sender = identityOf(speakerOf(interaction));
  const arrival = arrivalOf(interaction);
  const caseId = isJoined(verdict) ? verdict.caseId : null;
  const earlier = traffic.earlier.get(trafficKeyOf(sender, trafficMinuteOf(interaction)));
  const passed = traffic.passed.get(sender) ?? [];
  const near = passed.filter(({ at }) => Math.abs(at - arrival) < HOUR);
  const today = passed.filter(({ at }) => Math.abs(at - arrival) < DAY);
  return {
    newCases: (earlier?.newCases ?? 0) + near.filter(({ opened }) => opened).length,
    automatic: (earlier?.automatic ?? 0) + today.filter(({ automatic }) => automatic).length,
    messages:
      (caseId === null ? 0 : (earlier?.messagesByCase.get(caseId) ?? 0)) +
      near.filter((passage) => passage.caseId === caseId).length,
  };
}
