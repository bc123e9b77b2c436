/** When a decision is made, and where the ids of what it brings into being come from. */
export interface Moment {
  /** ISO 8601, UTC, milliseconds. */
  readonly now: string;
  /** A new UUIDv7. */
  newId(): string;
}
