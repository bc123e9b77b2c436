import type { WorkChannel } from '#libs/case-domain';

export const AGENT_ROLES = ['agent', 'admin'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** What an agent says about being there, for one kind of work or for all of which nothing else was said. */
export const PRESENCE_CHANNELS = ['all', 'email', 'voice'] as const satisfies readonly ('all' | WorkChannel)[];
export type PresenceChannel = (typeof PRESENCE_CHANNELS)[number];
export const PRESENCE_STATES = ['online', 'away', 'offline'] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

/** Everything of an agent that people decide, besides groups. */
export interface AgentRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: AgentRole;
  readonly active: boolean;
  readonly extensions: readonly string[];
  readonly defaultGroupId: string | null;
  /** Level, 1 to 10, by key. */
  readonly skills: Readonly<Record<string, number>>;
  /** IANA name; null is the account's. */
  readonly timeZone: string | null;
}

/** An agent as it is stored. */
export interface AgentDetail extends AgentRow {
  readonly memberships: readonly { readonly groupId: string; readonly managedBy: 'file' | 'api' }[];
  readonly presence: readonly {
    readonly channel: PresenceChannel;
    readonly state: PresenceState;
    /** ISO 8601. */
    readonly since: string;
  }[];
  readonly managedBy: 'file' | 'api';
  /** Where the file declares it. */
  readonly place: string | null;
  readonly version: number;
  /** The version in which each field changed last; a field that never did is not there. */
  readonly changedIn: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
