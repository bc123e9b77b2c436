import { type Interaction, isUuid, phoneAlternates } from '#libs/interaction';
import { callerKeyOf, WITHHELD } from '../decision/calls.js';
import { type Found, type Lookups, type Needs, NO_NEEDS, noLookups } from '../decision/needs.js';
import { identityOf, threadKeyOf, type AccountSetup } from '../decision/snapshot.js';
import type { BackStops } from '../decision/traffic.js';
import { agentCalledBy } from '../people/answering-agent.js';
import { knownEndpoint } from '../people/endpoint.js';
import { callerOf, customerOf, isHidden } from '../people/customer.js';
import { externalParty } from '../people/identified.js';
import { namePeople } from '../people/name-people.js';
import { isSpoken, speakerOf } from '../people/people.js';
import type { CallTimes } from '../call/call-times.js';
import { probeBeside } from '../message/probe-beside.js';
import { isVoicemail } from '../message/traits-of-voicemail.js';
import { countsTraffic, isCountedAutomatic, trafficKeyOf, trafficMinuteOf } from './back-stop.js';

const HOURS_OF_AUTOMATIC = 24;

/** What decisions about the interactions ask for by name. */
export function lookupsOf(
  interactions: readonly Interaction[],
  { backStops, calls }: { readonly backStops: BackStops; readonly calls: CallTimes },
): Lookups {
  const lookups = noLookups();
  const counts = countsTraffic(backStops);
  for (const interaction of interactions) {
    nameThreads(interaction, lookups);
    namePeople(interaction, lookups);
    probeCalls(interaction, lookups);
    probeBeside(interaction, lookups, calls);
    if (counts) {
      probeTraffic(interaction, lookups);
    }
  }
  return lookups;
}

/** Adds the names under which an interaction is known and which it refers to. */
export function nameThreads(
  { threadKeys, references }: Pick<Interaction, 'threadKeys' | 'references'>,
  { threads, numbers }: Lookups,
): void {
  for (const { kind, value } of [...threadKeys, ...references]) {
    if (kind === 'case_number') {
      numbers.add(value);
    } else if (kind !== 'case') {
      threads.set(threadKeyOf(kind, value), { kind, value });
    }
  }
}

/** What its customer may be known by. */
function identitiesOf(interaction: Interaction): string[] {
  const customer = customerOf(interaction);
  const spellings = customer?.kind === 'phone' ? [customer.value, ...phoneAlternates(customer.value)] : [];
  const claimed = interaction.contact ? [identityOf(externalParty(interaction.contact))] : [];
  return [...spellings.map((value) => identityOf({ kind: 'phone', value })), ...claimed];
}

/** Calls of the same number near in time, and live cases of who bears it. */
function probeCalls(interaction: Interaction, { callers }: Lookups): void {
  const caller = callerOf(interaction);
  if (caller === null && isHidden(interaction)) {
    const probe = { caller: WITHHELD, at: interaction.occurredAt, identities: [] };
    callers.set(callerKeyOf(probe), probe);
  } else if (caller !== null) {
    const probe = { caller, at: interaction.occurredAt, identities: identitiesOf(interaction) };
    callers.set(callerKeyOf(probe), probe);
  }
}

/** Interactions of a sender that arrived in the same minute share one probe. */
function probeTraffic(interaction: Interaction, { traffic }: Lookups): void {
  const speaker = speakerOf(interaction);
  if (interaction.direction !== 'inbound' || speaker.kind === 'anonymous') {
    return;
  }
  const sender = identityOf(speaker);
  const minute = trafficMinuteOf(interaction);
  const key = trafficKeyOf(sender, minute);
  const hoursBack = isCountedAutomatic(interaction) ? HOURS_OF_AUTOMATIC : 1;
  if ((traffic.get(key)?.hoursBack ?? 0) < hoursBack) {
    traffic.set(key, { sender, at: new Date(minute).toISOString(), hoursBack });
  }
}

/**
 * What decisions about the interactions may touch: where their names lead, and where they may be assigned. `revised`: ids of
 * the cases that some of them are in already.
 */
export function needsOf(
  interactions: readonly Interaction[],
  found: Found,
  setup: AccountSetup,
  revised: readonly string[] = [],
): Needs {
  const cases = new Set([
    ...[...found.threads.values()].map((target) => target.caseId),
    ...found.numbers.values(),
    ...found.calls.flatMap(({ caseId }) => caseId ?? []),
    ...found.heard.keys(),
    ...revised,
    ...found.beside.flatMap(({ caseId }) => caseId ?? []),
  ]);
  const mayBegin = interactions.some(mayOpenCase);
  const groups = new Set([setup.rules.defaultGroupId, ...(mayBegin ? setup.assignmentRules.groupIds : [])]);
  (mayBegin ? setup.assignmentRules.problemIds : []).forEach((id) => cases.add(id));
  for (const { references, endpoint, talkers } of interactions) {
    for (const { kind, value } of references) {
      if (kind === 'case' && isUuid(value)) {
        cases.add(value);
      }
    }
    const known = endpoint ? knownEndpoint(endpoint, setup.endpoints) : undefined;
    if (known !== undefined) {
      groups.add(known.groupId);
    }
    for (const { agent } of known?.moveToAgentsGroup === true ? (talkers ?? []) : []) {
      const own = agentCalledBy(agent, setup, endpoint?.connection)?.defaultGroupId ?? null;
      groups.add(own ?? known?.groupId ?? setup.rules.defaultGroupId);
    }
  }
  const contacts = new Set([...found.identities.values()].map((identity) => identity.contactId));
  const edits =
    mayConnect(interactions, found.threads) || interactions.some(continuesCall) || mayBeDoubles(interactions, found);
  const spokenIn = new Set([...revised, ...interactions.flatMap((one) => casesOfCalls(one, found))]);
  return { ...NO_NEEDS, cases, groups, contacts, assignments: true, edits, spokenIn };
}

/** Cases that the names of calls lead to. */
function casesOfCalls(interaction: Interaction, { threads }: Found): string[] {
  if (!isSpoken(interaction)) {
    return [];
  }
  const names = keysOf([...interaction.threadKeys, ...interaction.references]);
  return names.flatMap((name) => threads.get(name)?.caseId ?? []);
}

/** Whether two messages may turn out to be one, so that their cases become one. */
function mayBeDoubles(interactions: readonly Interaction[], { beside }: Found): boolean {
  return interactions.some(isVoicemail) && beside.filter(({ interaction }) => isVoicemail(interaction)).length > 1;
}

function continuesCall(interaction: Interaction): boolean {
  return isSpoken(interaction) && interaction.references.some(({ kind }) => kind === 'call_id');
}

/**
 * Whether a message that has not arrived may connect cases here: one that is awaited, that another interaction of the
 * batch names, or that several of them will wait for.
 */
function mayConnect(interactions: readonly Interaction[], threads: Found['threads']): boolean {
  if ([...threads.values()].some((target) => target.interactionId === null)) {
    return true;
  }
  const own = new Set(interactions.flatMap(({ threadKeys }) => keysOf(threadKeys)));
  const referred = new Set<string>();
  for (const { references } of interactions) {
    for (const key of new Set(keysOf(references))) {
      if (own.has(key) || (referred.has(key) && !threads.has(key))) {
        return true;
      }
      referred.add(key);
    }
  }
  return false;
}

/** Keys of messages: neither cases nor threads of a provider can be waited for. */
function keysOf(names: readonly { readonly kind: string; readonly value: string }[]): string[] {
  return names.flatMap(({ kind, value }) =>
    kind === 'message_id' || kind === 'call_id' ? [threadKeyOf(kind, value)] : [],
  );
}

/** Whether the interaction may open a case: only then a number is kept ready for it. */
export function mayOpenCase({ direction, handling, outcome }: Interaction): boolean {
  return handling === 'ordinary' && (direction === 'inbound' || outcome === 'answered');
}
