import { type CallRules, type CallsProbe, type Found, type KnownIdentity, WITHHELD } from '#libs/case-domain';
import type { Queryable } from './queryable.js';
import { findLastSeen } from './sql/callers/find-last-seen.js';
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
): Promise<Pick<Found, 'calls' | 'heard' | 'seen'>> {
  if (probes.length === 0) {
    return { calls: [], heard: new Map(), seen: new Map() };
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
  const sharing = holdersInDoubt(probes, identities);
  const seen = sharing.length === 0 ? [] : await findLastSeen(client, accountId, sharing);
  return {
    // Probes of one caller find the same calls.
    calls: [...new Map(calls.map((call) => [call.interactionId, { ...call, at: call.at.toISOString() }])).values()],
    heard: new Map(live.map(({ caseId, last }) => [caseId, last.toISOString()])),
    seen: new Map(seen.map(({ contactId, at, liveOn }) => [contactId, { at: at?.toISOString() ?? null, liveOn }])),
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
    for (const contactId of names.flatMap((name) => bearersIn(identities.get(name)))) {
      found.set(`${contactId}\n${at}`, { contactId, from: from!, until: until! });
    }
  }
  return [...found.values()];
}

/** Who bears a name, and who stands for its line. */
function bearersIn(known: KnownIdentity | undefined): readonly string[] {
  const line = known?.lineContactId ?? null;
  return line === null ? (known?.holders ?? []) : [...(known?.holders ?? []), line];
}

/** Those who share the number of a caller, in whichever of its spellings. */
function holdersInDoubt(probes: readonly CallsProbe[], identities: ReadonlyMap<string, KnownIdentity>): string[] {
  const sharing = probes.map(
    ({ identities: names }) => new Set(names.flatMap((name) => identities.get(name)?.holders ?? [])),
  );
  return [...new Set(sharing.filter(({ size }) => size > 1).flatMap((holders) => [...holders]))];
}

/** Contacts whose cases decisions about the callers look at. */
export function contactsOfCallers(
  probes: readonly CallsProbe[],
  identities: ReadonlyMap<string, KnownIdentity>,
): Set<string> {
  return new Set(probes.flatMap(({ identities: names }) => names.flatMap((name) => bearersIn(identities.get(name)))));
}
