import {
  type BackStops,
  countsTraffic,
  type EarlierTraffic,
  identityOf,
  isCountedAutomatic,
  speakerOf,
  type Traffic,
  trafficKeyOf,
  trafficMinuteOf,
} from '#libs/case-domain';
import type { Interaction } from '#libs/interaction';
import type { Queryable } from './queryable.js';
import { loadTraffic, type TrafficProbe, type TrafficRow } from './sql/interactions/load-traffic.js';

const HOURS_OF_AUTOMATIC = 24;

/**
 * What the senders of a batch were let through with lately: one statement, and none when no limit is set. Interactions
 * of a sender that arrived in the same minute share one probe.
 */
export async function loadEarlierTraffic(
  client: Queryable,
  accountId: string,
  limits: BackStops,
  interactions: readonly Interaction[],
): Promise<Traffic> {
  const probes = countsTraffic(limits) ? probesOf(interactions) : new Map<string, TrafficProbe>();
  const rows = probes.size === 0 ? [] : await loadTraffic(client, accountId, [...probes.values()]);
  const keys = [...probes.keys()];
  const earlier = new Map<string, EarlierTraffic & { messagesByCase: Map<string, number> }>();
  for (const row of rows) {
    const key = keys[row.probe - 1] ?? '';
    earlier.set(key, added(earlier.get(key), row));
  }
  return { earlier, passed: new Map() };
}

function probesOf(interactions: readonly Interaction[]): Map<string, TrafficProbe> {
  const probes = new Map<string, TrafficProbe>();
  for (const interaction of interactions) {
    const speaker = speakerOf(interaction);
    if (interaction.direction === 'inbound' && speaker.kind !== 'anonymous') {
      const sender = identityOf(speaker);
      const minute = trafficMinuteOf(interaction);
      const key = trafficKeyOf(sender, minute);
      const hoursBack = isCountedAutomatic(interaction) ? HOURS_OF_AUTOMATIC : 1;
      if ((probes.get(key)?.hoursBack ?? 0) < hoursBack) {
        probes.set(key, { sender, at: new Date(minute).toISOString(), hoursBack });
      }
    }
  }
  return probes;
}

function added(
  before: (EarlierTraffic & { messagesByCase: Map<string, number> }) | undefined,
  { caseId, opened, messages, automatic }: TrafficRow,
): EarlierTraffic & { messagesByCase: Map<string, number> } {
  const messagesByCase = before?.messagesByCase ?? new Map<string, number>();
  if (caseId !== null) {
    messagesByCase.set(caseId, messages);
  }
  return {
    newCases: (before?.newCases ?? 0) + opened,
    automatic: (before?.automatic ?? 0) + automatic,
    messagesByCase,
  };
}
