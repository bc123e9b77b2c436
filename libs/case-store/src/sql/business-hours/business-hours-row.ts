import type { Holiday, OpenInterval } from '#libs/interaction';

/** Hours of an account, or of a group that has its own. */
export interface BusinessHoursRow {
  /** Null: of the account. */
  readonly groupId: string | null;
  /** IANA name; null is that of the account. */
  readonly timeZone: string | null;
  readonly week: readonly OpenInterval[];
  /** Null: those of the account. */
  readonly holidays: readonly Holiday[] | null;
  readonly managedBy: 'api' | 'file';
}

export interface BusinessHoursView extends BusinessHoursRow {
  readonly version: number;
  readonly updatedAt: Date;
}

export const BUSINESS_HOURS_COLUMNS = `
  group_id as "groupId", time_zone as "timeZone", week, holidays, managed_by as "managedBy", version,
  updated_at as "updatedAt"`;
