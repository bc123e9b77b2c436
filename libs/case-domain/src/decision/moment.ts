/** When a decision is made, and what a new case would be called. */
export interface Moment {
  /** ISO 8601, UTC, milliseconds. */
  readonly now: string;
  readonly newCaseId: string;
  /** Number of the new case when it is known beforehand; without it `state.number` stays null. */
  readonly newCaseNumber?: string;
  /** A person took it out of the quarantine: nothing holds it back again. */
  readonly released?: boolean;
}
