/** What becomes of an interaction by time alone, if nothing is told before. */
export interface Deadline {
  /** What is written down when it has passed, so that it never begins again. */
  readonly mark: string;
  /** Milliseconds from when it is known that it runs. */
  readonly afterMs: number;
  /** Whether every further fact begins it anew. */
  readonly renewed: boolean;
  /** Whether nothing is decided before, though something could be. */
  readonly holds: boolean;
}
