import type { ReceivedAnswer } from './send.js';

interface Counts {
  sent: number;
  succeeded: number;
  readonly codes: Map<string, number>;
}

/** How often each operation was asked, and what it answered. */
export class Tally {
  private readonly byOperation: Map<string, Counts>;
  private hostile = 0;

  constructor(operations: readonly string[]) {
    this.byOperation = new Map(operations.map((id) => [id, { sent: 0, succeeded: 0, codes: new Map() }]));
  }

  count(operation: string, { status, body }: ReceivedAnswer, isHostile: boolean): void {
    const counts = this.byOperation.get(operation);
    if (counts === undefined) {
      throw new Error(`there is no operation ${operation}`);
    }
    counts.sent += 1;
    this.hostile += isHostile ? 1 : 0;
    if (status >= 200 && status < 300) {
      counts.succeeded += 1;
    } else {
      const code = /"code":"([a-z-]+)","request_id"/.exec(body.toString('latin1'))?.[1] ?? String(status);
      counts.codes.set(code, (counts.codes.get(code) ?? 0) + 1);
    }
  }

  get sent(): number {
    return this.sum(({ sent }) => sent);
  }

  get operations(): number {
    return this.byOperation.size;
  }

  /** Share of the requests that were answered with success. */
  get succeeded(): number {
    return this.sum(({ succeeded }) => succeeded) / Math.max(this.sent, 1);
  }

  /** Times that the operation was asked that was asked least. */
  get least(): number {
    return Math.min(...[...this.byOperation.values()].map(({ sent }) => sent));
  }

  /** Operations that were never answered with success. */
  get withoutSuccess(): string[] {
    return [...this.byOperation].filter(([, { succeeded }]) => succeeded === 0).map(([id]) => id);
  }

  /** A line for each operation: how often, with which success, and what else it ended in. */
  table(): string {
    const lines = [...this.byOperation].map(([id, { sent, succeeded, codes }]) => {
      const share = `${Math.round((100 * succeeded) / Math.max(sent, 1))} %`;
      const others = [...codes].sort(([, one], [, other]) => other - one).map(([code, count]) => `${code} ${count}`);
      return `${id.padEnd(26)} ${String(sent).padStart(6)} ${share.padStart(6)}  ${others.join(', ')}`;
    });
    return [...lines, `hostile: ${this.hostile} of ${this.sent}`].join('\n');
  }

  private sum(of: (counts: Counts) => number): number {
    return [...this.byOperation.values()].reduce((sum, counts) => sum + of(counts), 0);
  }
}
