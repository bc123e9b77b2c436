import type { BenchServer } from './bench-server.js';

/** What every bench is given. */
export interface BenchContext {
  readonly server: BenchServer;
  /** Fewer rounds: a first impression in a minute. */
  readonly quick: boolean;
  /** The sizes that take an hour, too. */
  readonly full: boolean;
  /** How many cases there are, where the bench has them; null is its own number. */
  readonly cases: number | null;
  /** The only part of the bench that is wanted; null is all of it. */
  readonly only: string | null;
  /** Of case-builder: calls, instead of mails. */
  readonly calls: boolean;
  readonly say: (line: string) => void;
}
