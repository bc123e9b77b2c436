import type { AssignmentRule } from '#libs/case-domain';

/** A rule as it is stored. */
export interface AssignmentRuleView extends AssignmentRule {
  readonly position: number;
  readonly active: boolean;
  readonly groupIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly problemIds: readonly string[];
  /** Why it was switched off by itself; null while nothing is wrong with it. */
  readonly brokenBecause: string | null;
  readonly managedBy: 'api' | 'file';
  readonly version: number;
  /** The version in which each part changed last; a part that never did is not there. */
  readonly changedIn: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Everything of a rule that people decide. */
export type AssignmentRuleRow = Omit<AssignmentRuleView, 'version' | 'changedIn' | 'createdAt' | 'updatedAt'>;

export const ASSIGNMENT_RULE_COLUMNS = `
  id, name, position, active, match, conditions, actions, stop, group_ids as "groupIds", agent_ids as "agentIds",
  problem_ids as "problemIds", broken_because as "brokenBecause", managed_by as "managedBy", version,
  changed_in as "changedIn", created_at as "createdAt", updated_at as "updatedAt"`;
