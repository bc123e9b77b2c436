import type { CaseState, Category, RequesterConfidence } from '../case/case-state.js';
import type { CustomField } from '../case/custom-field.js';
import type { KnownAttachment } from '../case/attachment.js';
import type { KnownComment } from '../case/comment.js';
import type { KnownLink } from '../case/link.js';
import type { ContactBook } from '../contact/contact-book.js';
import type { AssignmentRules, AssignmentStrategy, ContactTraits } from './assignment-rules.js';
import type { CallsKnown, KnownIdentity } from './calls.js';
import type { LeftBehind, NamedInteraction } from './named-interaction.js';
import type { CallRules } from './call-rules.js';
import type { BackStops, Traffic } from './traffic.js';
import type { WorkChannel } from './work.js';

/** The rules of an account that decisions read. */
export interface AccountRules {
  readonly id: string;
  /** IANA name: due dates are noons there. */
  readonly timeZone: string;
  readonly defaultGroupId: string;
  /** N x 24 h after the last resolve; null never closes. */
  readonly resolvedAutoCloseDays: number | null;
  readonly reopenPolicy: ReopenPolicy;
  readonly reopenWindowDays: number | null;
  readonly stickyDays: number;
  readonly followUpInheritAssignee: boolean;
  /** Occasions that open cases by themselves. */
  readonly autoCreate: ReadonlySet<string>;
  /** What becomes of interactions whose sender's proof failed. */
  readonly unverified: UnverifiedPolicy;
  readonly backStops: BackStops;
  readonly calls: CallRules;
  /** The active default status of each category, and the status of closed cases when one is set. */
  readonly defaultStatus: Readonly<Record<Category, string>>;
  readonly closedStatusId: string | null;
  /** What a writer through the API must send. */
  readonly requireIfMatch: boolean;
  readonly requireIdempotencyKey: boolean;
  readonly onHoldEnabled: boolean;
  readonly requireResolution: boolean;
  readonly incidentRequiresProblem: boolean;
}

/** A status that the account has made, or was given at its beginning. The rules look at its category alone. */
export interface CaseStatus {
  readonly id: string;
  readonly key: string;
  readonly agentLabel: string;
  readonly requesterLabel: string;
  readonly category: Category;
  readonly isDefault: boolean;
  readonly active: boolean;
}

export type UnverifiedPolicy = 'accept' | 'quarantine';
export type ReopenPolicy = 'until_closed' | 'window' | 'never';

export interface Agent {
  readonly id: string;
  readonly email: string;
  readonly active: boolean;
  readonly defaultGroupId: string | null;
  /** Of their telephones. */
  readonly extensions: readonly string[];
  /** Numbers at which the agent answers, E.164. */
  readonly phones: readonly string[];
  /** By `provider/key` of a connection: what the agent is called there. */
  readonly telephony: Readonly<Record<string, readonly string[]>>;
}

export interface Member {
  readonly agentId: string;
  /** Cases in category open that the agent has now, over all groups. */
  readonly openLoad: number;
  readonly capacity: number | null;
  readonly lastAssignedAt: string | null;
  /** Kinds of work for which the agent has said not to be online. */
  readonly away: readonly WorkChannel[];
  /** Level, 1 to 10, by the key of the skill. */
  readonly skills: Readonly<Record<string, number>>;
}

/** What whoever is given a case of the group must be able to do. */
export interface RequiredSkill {
  readonly key: string;
  readonly minLevel: number;
  /** What a level counts for the strategy `skills`. */
  readonly weight: number;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly strategy: AssignmentStrategy;
  readonly keepOwnerOnReopen: boolean;
  readonly reopenPolicy: ReopenPolicy | null;
  readonly reopenWindowDays: number | null;
  readonly requiredSkills: readonly RequiredSkill[];
  readonly members: readonly Member[];
  /** Kinds of work of which cases wait for an assignee; known of groups that are locked. */
  readonly waiting: readonly WorkChannel[];
}

export interface ChannelEndpoint {
  readonly id: string;
  readonly groupId: string;
  readonly defaultPriority: CaseState['priority'];
  readonly defaultType: CaseState['type'];
  /** Overrides the account's `autoCreate` when not null. */
  readonly autoCreate: ReadonlySet<string> | null;
  /** Overrides the account's when not null. */
  readonly unverified: UnverifiedPolicy | null;
  /** `always`: it is reached by an internal route alone, and agents need no proof that fails to come with it. */
  readonly trustAgents: 'verified' | 'always';
  /** What people call a line; null for none. */
  readonly label: string | null;
  /** ISO 3166-1 alpha-2: how numbers are read that come in by it; null: as in the account. */
  readonly country: string | null;
  /** A call goes to the group of whoever answered it. */
  readonly moveToAgentsGroup: boolean;
  /** Ids and addresses of voicemail boxes that belong to the line. */
  readonly mailboxes: readonly string[];
  readonly active: boolean;
}

/** Where a thread key leads. */
export interface ThreadTarget {
  readonly caseId: string;
  /** Interaction that bears the key; null while the key is only awaited (a reply came before it). */
  readonly interactionId: string | null;
}

/** A contact that is known by its id. */
export interface KnownContact {
  /** The one that it was merged into, if so; else its own. */
  readonly id: string;
  readonly kind: 'person' | 'shared_line' | 'anonymous';
}

/** Last human assignee of a requester in a group, for stickiness. */
export interface StickyAssignee {
  readonly agentId: string;
  readonly at: string;
}

/** What an account has set up. It changes when people change it, not when interactions arrive. */
export interface AccountSetup {
  readonly rules: AccountRules;
  /** By identity (`email:…`) of the agent. */
  readonly agents: ReadonlyMap<string, Agent>;
  readonly agentsById: ReadonlyMap<string, Agent>;
  /** By id. */
  readonly statuses: ReadonlyMap<string, CaseStatus>;
  /** By key. */
  readonly customFields: ReadonlyMap<string, CustomField>;
  /** Members without what moves: no loads, no stamps. */
  readonly groups: ReadonlyMap<string, Group>;
  /** By `endpointKeyOf(kind, address)`. */
  readonly endpoints: ReadonlyMap<string, ChannelEndpoint>;
  readonly assignmentRules: AssignmentRules;
}

/**
 * Everything that the decisions of one batch need, loaded set-wise before the first of them. `advance` moves it
 * forward after each decision, so that the next one sees what the one before it did.
 */
export interface Snapshot extends CallsKnown {
  readonly account: AccountRules;
  /** By case id: every case that a reference may lead to, and the families of those. */
  readonly cases: Map<string, CaseState>;
  /** By `threadKeyOf(kind, value)`. */
  readonly threads: Map<string, ThreadTarget>;
  /** By `identityOf(party)`. */
  readonly identities: Map<string, KnownIdentity>;
  /** Ids of the cases whose public number a reference names, by that number. */
  readonly numbers: Map<string, string>;
  /** Cases whose parent, subcases and live incidents are all among `cases`. */
  readonly complete: ReadonlySet<string>;
  /** Live incidents of a problem, by its id, where that was asked for. */
  readonly incidentCounts: ReadonlyMap<string, number>;
  /** Contacts that may change, with all that changes with them. */
  readonly people: ContactBook;
  /** Those of them who have cases that are not closed, where that was asked for. */
  readonly liveRequesters: ReadonlySet<string>;
  /** By id: contacts that commands name. */
  readonly contacts: ReadonlyMap<string, KnownContact>;
  /** By id: comments that commands name. */
  readonly comments: Map<string, KnownComment>;
  /** By id: interactions that commands name. */
  readonly interactions: Map<string, NamedInteraction>;
  /** By the id of the interaction that may leave. */
  readonly leftBehind: ReadonlyMap<string, LeftBehind>;
  /** By id: files that commands name. */
  readonly attachments: Map<string, KnownAttachment>;
  /** By id: links between cases that commands name. */
  readonly links: Map<string, KnownLink>;
  /** Ids and numbers of cases that were purged. */
  readonly purged: Set<string>;
  /** Cases that a person has edited, as far as a merge of the batch may ask. */
  readonly edited: Set<string>;
  /** Why cases are kept, by their ids, where that was asked for. */
  readonly legalHolds: Map<string, string>;
  /** By `overdueKeyOf`: what was told of tasks that are due, where that was asked for. */
  readonly toldOverdue: Set<string>;
  /** By identity (`email:…`) of the agent. */
  readonly agents: Map<string, Agent>;
  readonly agentsById: Map<string, Agent>;
  /** By id. */
  readonly statuses: ReadonlyMap<string, CaseStatus>;
  /** By key. */
  readonly customFields: ReadonlyMap<string, CustomField>;
  readonly groups: Map<string, Group>;
  /** By `endpointKeyOf(kind, address)`. */
  readonly endpoints: Map<string, ChannelEndpoint>;
  /** By `${contactId}\n${groupId}`. */
  readonly sticky: Map<string, StickyAssignee>;
  readonly traffic: Traffic;
  readonly assignmentRules: AssignmentRules;
  /** By contact, where rules ask for it. */
  readonly contactTraits: ReadonlyMap<string, ContactTraits>;
}

export function threadKeyOf(kind: string, value: string): string {
  return `${kind}\n${value}`;
}

export function identityOf(party: { readonly kind: string; readonly value: string }): string {
  return `${party.kind}:${party.value}`;
}

/** `dueAt`: ISO instant. */
export function overdueKeyOf(caseId: string, dueAt: string): string {
  return `${caseId}\n${dueAt}`;
}

export function endpointKeyOf(kind: string, address: string): string {
  return `${kind}\n${address}`;
}

/** Re-exported for readers of a match. */
export type { AssignmentStrategy, KnownIdentity, RequesterConfidence };
