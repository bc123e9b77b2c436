import type { ReceivedAnswer } from './send.js';

interface Counts {
  sent: number;
  succeeded: number;
  readonly codes: Map<string, number>;
}

/** Of what an operation ended in, as many as a line has room for. */
const SHOWN = 8;

/** The code of a problem, or the status. */
export function codeOf({ status, body }: ReceivedAnswer): string {
  return /"code":"([a-z-]+)","request_id"/.exec(body.toString('latin1'))?.[1] ?? String(status);
}

/** The first place of the request that a problem names, and what is wrong there. */
function placeOf({ body }: ReceivedAnswer): string {
  const [, pointer, code] = /"errors":\[\{"pointer":"([^"]*)","code":"([a-z-]+)"/.exec(body.toString('latin1')) ?? [];
  return pointer === undefined ? '' : ` (${pointer.replace(/\d+/g, 'n')} ${code})`;
}

function endingsOf({ codes }: Pick<Counts, 'codes'>, most: number): string {
  const sorted = [...codes].sort(([, one], [, other]) => other - one).slice(0, most);
  return sorted.map(([code, count]) => `${code} ${count}`).join(', ');
}

/** How often each operation was asked, and what it answered. */
export class Tally {
  private readonly byOperation: Map<string, Counts>;
  private hostile = 0;

  constructor(operations: readonly string[]) {
    this.byOperation = new Map(operations.map((id) => [id, { sent: 0, succeeded: 0, codes: new Map() }]));
  }

  count(operation: string, answer: ReceivedAnswer, isHostile: boolean): void {
    const { status } = answer;
    const counts = this.byOperation.get(operation);
    if (counts === undefined) {
      throw new Error(`there is no operation ${operation}`);
    }
    counts.sent += 1;
    this.hostile += isHostile ? 1 : 0;
    if (status >= 200 && status < 300) {
      counts.succeeded += 1;
    } else {
      const what = isHostile ? codeOf(answer) : `${codeOf(answer)}${placeOf(answer)}`;
      counts.codes.set(what, (counts.codes.get(what) ?? 0) + 1);
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

  /** Operations that were asked so often and never answered with success, and what they were answered mostly. */
  withoutSuccess(asked: number): { readonly id: string; readonly mostly: string }[] {
    return [...this.byOperation]
      .filter(([, { sent, succeeded }]) => succeeded === 0 && sent >= asked)
      .map(([id, counts]) => ({ id, mostly: endingsOf(counts, SHOWN) }));
  }

  /** A line for each operation: how often, with which success, and what else it ended in. */
  table(): string {
    const lines = [...this.byOperation].map(([id, { sent, succeeded, codes }]) => {
      const share = `${Math.round((100 * succeeded) / Math.max(sent, 1))} %`;
      return `${id.padEnd(26)} ${String(sent).padStart(6)} ${share.padStart(6)}  ${endingsOf({ codes }, SHOWN)}`;
    });
    return [...lines, `hostile: ${this.hostile} of ${this.sent}`].join('\n');
  }

  private sum(of: (counts: Counts) => number): number {
    return [...this.byOperation.values()].reduce((sum, counts) => sum + of(counts), 0);
  }
}
