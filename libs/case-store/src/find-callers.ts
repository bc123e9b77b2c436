import { type CallRules, type CallsProbe, type Found, type KnownIdentity, WITHHELD } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { type ContactProbe, findLiveCases } from './sql/callers/find-live-cases.js';
import { findSpokenCalls } from './sql/callers/find-spoken-calls.js';

const MINUTE = 60_000;
/** Minutes. */
const HOUR = 60;
/** Calls of one number within minutes; nobody dials more often. */
const NEAR = 100;

/** What is known of callers: their calls near in time, and the live cases of whoever may be calling. */
export async function findCallers(
  client: Queryable,
  accountId: string,
  probes: readonly CallsProbe[],
  identities: ReadonlyMap<string, KnownIdentity>,
  rules: CallRules,
): Promise<Pick<Found, 'calls' | 'heard'>> {
  if (probes.length === 0) {
    return { calls: [], heard: new Map() };
  }
  const shown = probes.filter(({ caller }) => caller !== WITHHELD);
  const hidden = rules.withheldCasesPerHour === 0 ? [] : probes.filter(({ caller }) => caller === WITHHELD);
  const calls = [
    ...(shown.length === 0 ? [] : await findSpokenCalls(client, accountId, shown, rules.missedCoalesceMinutes, NEAR)),
    ...(hidden.length === 0
      ? []
      : await findSpokenCalls(client, accountId, hidden, HOUR, NEAR + rules.withheldCasesPerHour)),
  ];
  const contacts = contactProbes(probes, identities, rules.attachWindowMinutes * MINUTE);
  const live = contacts.length === 0 ? [] : await findLiveCases(client, accountId, contacts);
  return {
    // Probes of one caller find the same calls.
    calls: [...new Map(calls.map((call) => [call.interactionId, { ...call, at: call.at.toISOString() }])).values()],
    heard: new Map(live.map(({ caseId, last }) => [caseId, last.toISOString()])),
  };
}

function contactProbes(
  probes: readonly CallsProbe[],
  identities: ReadonlyMap<string, KnownIdentity>,
  window: number,
): ContactProbe[] {
  const found = new Map<string, ContactProbe>();
  for (const { at, identities: names } of probes) {
    const [from, until] = [-window, window].map((distance) => new Date(Date.parse(at) + distance).toISOString());
    for (const contactId of names.flatMap((name) => identities.get(name)?.holders ?? [])) {
      found.set(`${contactId}\n${at}`, { contactId, from: from!, until: until! });
    }
  }
  return [...found.values()];
}
