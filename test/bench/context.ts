import type { BenchServer } from './bench-server.js';

/** What every bench is given. */
export interface BenchContext {
  readonly server: BenchServer;
  /** Fewer rounds: a first impression in a minute. */
  readonly quick: boolean;
  /** The sizes that take an hour, too. */
  readonly full: boolean;
  readonly say: (line: string) => void;
}
