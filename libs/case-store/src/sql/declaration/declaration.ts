import type { AssignmentStrategy, BackStops, CaseState, ReopenPolicy, UnverifiedPolicy } from '#libs/case-domain';

/** What a configuration file says about an account. Groups are named; ids are derived from the names. */
export interface Declaration {
  readonly account: DeclaredAccount;
  readonly groups: readonly DeclaredGroup[];
  readonly agents: readonly DeclaredAgent[];
  readonly endpoints: readonly DeclaredEndpoint[];
  readonly apiKeys: readonly DeclaredApiKey[];
}

export interface DeclaredAccount {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly defaultCountry: string | null;
  readonly defaultGroup: string;
  /** N x 24 h after the last resolve; null never closes. */
  readonly resolvedAutoCloseDays: number | null;
  readonly reopenPolicy: ReopenPolicy;
  readonly reopenWindowDays: number | null;
  readonly stickyDays: number;
  readonly followUpInheritAssignee: boolean;
  readonly autoCreate: readonly string[];
  /** `accept` unless told. */
  readonly unverified?: UnverifiedPolicy;
  /** Those that the product has by itself, unless told; 0 is off. */
  readonly backStops?: BackStops;
}

export interface DeclaredGroup {
  readonly name: string;
  readonly strategy: AssignmentStrategy;
  readonly capacityPerAgent: number | null;
  readonly reopenPolicy: ReopenPolicy | null;
  readonly reopenWindowDays: number | null;
  readonly keepOwnerOnReopen: boolean;
}

export interface DeclaredAgent {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  readonly extensions: readonly string[];
  /** The first one is the agent's default. */
  readonly groups: readonly string[];
}

export interface DeclaredEndpoint {
  readonly kind: 'mailbox' | 'phone_number' | 'callbar' | 'api';
  readonly address: string;
  readonly group: string;
  readonly defaultPriority: CaseState['priority'];
  readonly defaultType: CaseState['type'];
  /** Overrides the account's when not null. */
  readonly autoCreate: readonly string[] | null;
  /** Overrides the account's when not null. */
  readonly unverified?: UnverifiedPolicy | null;
  /** `verified` unless told. */
  readonly trustAgents?: 'verified' | 'always';
}

export interface DeclaredApiKey {
  readonly name: string;
  readonly key: string;
  readonly scopes: readonly string[];
}
