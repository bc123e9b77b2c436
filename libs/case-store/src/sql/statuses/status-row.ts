import type { Category } from '#libs/case-domain';

/** A status as it is stored. */
export interface StatusView {
  readonly id: string;
  readonly key: string;
  readonly agentLabel: string;
  readonly requesterLabel: string;
  readonly category: Category;
  readonly position: number;
  readonly isDefault: boolean;
  readonly active: boolean;
  readonly version: number;
  /** The version in which each field changed last; a field that never did is not there. */
  readonly changedIn: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const STATUS_COLUMNS = `
  id, key, agent_label as "agentLabel", requester_label as "requesterLabel", category, position,
  is_default as "isDefault", active, version, changed_in as "changedIn", created_at as "createdAt",
  updated_at as "updatedAt"`;
