import type { CustomField } from '#libs/case-domain';

/** A field as it is stored. */
export interface CaseFieldView extends CustomField {
  readonly id: string;
  readonly description: string;
  readonly position: number;
  readonly version: number;
  /** The version in which each part changed last; a part that never did is not there. */
  readonly changedIn: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const CASE_FIELD_COLUMNS = `
  id, key, label, description, type, required, active, position, options, version, changed_in as "changedIn",
  created_at as "createdAt", updated_at as "updatedAt"`;
