import type { AssignmentStrategy, ReopenPolicy, RequiredSkill } from '#libs/case-domain';

/** Everything of a group that people decide, besides its members. */
export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly strategy: AssignmentStrategy;
  /** Open cases of one agent, over all groups; null is no limit. */
  readonly capacityPerAgent: number | null;
  readonly requiredSkills: readonly RequiredSkill[];
  /** Instead of the account's. */
  readonly reopenPolicy: ReopenPolicy | null;
  readonly reopenWindowDays: number | null;
  readonly keepOwnerOnReopen: boolean;
  readonly signatureText: string | null;
  /** Sanitised. */
  readonly signatureHtml: string | null;
}

export interface MemberDetail {
  readonly agentId: string;
  /** Instead of the group's; null is as in the group. */
  readonly capacity: number | null;
  readonly position: number;
  readonly managedBy: 'file' | 'api';
}

/** A group as it is stored. */
export interface GroupDetail extends GroupRow {
  /** By position. */
  readonly members: readonly MemberDetail[];
  readonly managedBy: 'file' | 'api';
  /** Where the file declares it. */
  readonly place: string | null;
  readonly version: number;
  /** The version in which each field changed last; a field that never did is not there. */
  readonly changedIn: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
