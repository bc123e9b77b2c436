import type { NamedInteraction } from './named-interaction.js';
import type { CallsProbe, SeenContact, SpokenCall } from './calls.js';
import type { BesideProbe, SpokenBeside } from './beside.js';
import type { KnownContact, KnownIdentity, ThreadTarget } from './snapshot.js';
import type { TrafficProbe, EarlierTraffic } from './traffic.js';

/** A name under which something may be known: a thread's, or an identity of a person. */
export interface Name {
  readonly kind: string;
  readonly value: string;
}

/** What can be looked up without a lock: names, and what is known of those who bear them. One for the whole batch. */
export interface Lookups {
  /** By `threadKeyOf`. */
  readonly threads: Map<string, Name>;
  /** Public numbers of cases. */
  readonly numbers: Set<string>;
  /** By `identityOf`. */
  readonly identities: Map<string, Name>;
  /** By `trafficKeyOf`. */
  readonly traffic: Map<string, TrafficProbe>;
  /** By `callerKeyOf`: calls beside which others of the same number count, and cases of who called. */
  readonly callers: Map<string, CallsProbe>;
  /** By interaction: where a voicemail may find its call or its double, and a call its voicemail. */
  readonly beside: Map<string, BesideProbe>;
  /** Names of messages (`namesOfVoicemail`). */
  readonly voicemails: Set<string>;
  /** Ids of contacts. */
  readonly contacts: Set<string>;
  /** Ids and numbers of cases that commands name: nobody else asks which were purged. */
  readonly named: Set<string>;
  /** Ids of interactions that commands name; the names of their threads are looked up with them. */
  readonly interactions: Set<string>;
}

/** Nothing to look up yet. */
export function noLookups(): Lookups {
  return {
    threads: new Map(),
    numbers: new Set(),
    identities: new Map(),
    traffic: new Map(),
    callers: new Map(),
    beside: new Map(),
    voicemails: new Set(),
    contacts: new Set(),
    named: new Set(),
    interactions: new Set(),
  };
}

/** What was found under the names, as it was at that moment. What is missing is not known. */
export interface Found {
  /** By `threadKeyOf`. */
  readonly threads: Map<string, ThreadTarget>;
  /** Ids of cases by their public number. */
  readonly numbers: Map<string, string>;
  /** By `identityOf`. */
  readonly identities: Map<string, KnownIdentity>;
  /** By `trafficKeyOf`. */
  readonly traffic: ReadonlyMap<string, EarlierTraffic>;
  /** Calls of the callers, near in time. */
  readonly calls: readonly SpokenCall[];
  /** Calls and messages around those that are decided on, each once. */
  readonly beside: readonly SpokenBeside[];
  /** Live cases of the callers, and when each was heard of last (ISO 8601). */
  readonly heard: ReadonlyMap<string, string>;
  /** By id: those who share the numbers of the callers. */
  readonly seen: ReadonlyMap<string, SeenContact>;
  /** By id. */
  readonly contacts: ReadonlyMap<string, KnownContact>;
  /** Ids and numbers of cases that were purged. */
  readonly purged: Set<string>;
  /** By id: interactions that commands name; one that was erased is none any more. */
  readonly interactions: ReadonlyMap<string, NamedInteraction>;
}

/**
 * What must be locked and loaded before anything is decided. Everybody locks in one order: contacts, the roots of
 * families, cases, groups, each by id.
 */
export interface Needs {
  /** Their families and the cases that they were merged into come with them. */
  readonly cases: ReadonlySet<string>;
  /** Of these cases the parent, the problem, the subcases of both and all live incidents are needed too. */
  readonly relativesOf: ReadonlySet<string>;
  /** Problems of which it matters how many live incidents they have. */
  readonly incidentCountsOf: ReadonlySet<string>;
  /** Groups in which a case may be assigned. */
  readonly groups: ReadonlySet<string>;
  /** Contacts that may change; who lives on in them, in whom they live on, and who else has their names come with them. */
  readonly people: ReadonlySet<string>;
  /** Whether any of them has cases that are not closed. */
  readonly liveRequesters: boolean;
  /** By `identityOf`: names whose bearers may change likewise. */
  readonly peopleNamed: ReadonlyMap<string, Name>;
  /** Contacts whose last assignees count. */
  readonly contacts: ReadonlySet<string>;
  /** Comments that may change. */
  readonly comments: ReadonlySet<string>;
  /** Interactions that may leave their cases. */
  readonly leaving: ReadonlySet<string>;
  /** Files that may become part of cases. */
  readonly attachments: ReadonlySet<string>;
  /** Cases of which it matters how they are linked with each other. */
  readonly linksAmong: ReadonlySet<string>;
  /** Cases of calls that may be revised: what was said in them counts, and who changed what. */
  readonly spokenIn: ReadonlySet<string>;
  /** Cases of which it matters who set their fields last, and nothing of what was said in them. */
  readonly settersOf: ReadonlySet<string>;
  /** Whether the cases may be assigned anew, in the groups that they are in. */
  readonly assignments: boolean;
  /** Whether it matters which of the cases somebody has edited by hand. */
  readonly edits: boolean;
  /** Whether it matters which of the cases are kept by a legal hold. */
  readonly legalHolds: boolean;
  /** Cases of which it matters whether it was told that they are overdue. */
  readonly overdueOf: ReadonlySet<string>;
}

export const NO_NEEDS: Needs = {
  cases: new Set(),
  relativesOf: new Set(),
  incidentCountsOf: new Set(),
  groups: new Set(),
  people: new Set(),
  liveRequesters: false,
  peopleNamed: new Map(),
  contacts: new Set(),
  comments: new Set(),
  leaving: new Set(),
  attachments: new Set(),
  linksAmong: new Set(),
  spokenIn: new Set(),
  settersOf: new Set(),
  assignments: false,
  edits: false,
  legalHolds: false,
  overdueOf: new Set(),
};

/** Decided cannot be yet: more has to be locked first, in the order of locks, so the transaction starts over. */
export interface NeedsMore {
  readonly needs: Needs;
}

export function bothNeeds(one: Needs, other: Needs): Needs {
  return {
    cases: new Set([...one.cases, ...other.cases]),
    relativesOf: new Set([...one.relativesOf, ...other.relativesOf]),
    incidentCountsOf: new Set([...one.incidentCountsOf, ...other.incidentCountsOf]),
    groups: new Set([...one.groups, ...other.groups]),
    people: new Set([...one.people, ...other.people]),
    liveRequesters: one.liveRequesters || other.liveRequesters,
    peopleNamed: new Map([...one.peopleNamed, ...other.peopleNamed]),
    contacts: new Set([...one.contacts, ...other.contacts]),
    comments: new Set([...one.comments, ...other.comments]),
    leaving: new Set([...one.leaving, ...other.leaving]),
    attachments: new Set([...one.attachments, ...other.attachments]),
    linksAmong: new Set([...one.linksAmong, ...other.linksAmong]),
    settersOf: new Set([...one.settersOf, ...other.settersOf]),
    spokenIn: new Set([...one.spokenIn, ...other.spokenIn]),
    assignments: one.assignments || other.assignments,
    edits: one.edits || other.edits,
    legalHolds: one.legalHolds || other.legalHolds,
    overdueOf: new Set([...one.overdueOf, ...other.overdueOf]),
  };
}
