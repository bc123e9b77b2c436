import type { Pool } from 'pg';
import { allocateNumbers, returnNumbers } from '#libs/case-store';

/** Numbers that one settling may use; what is left goes back. */
export interface ReservedNumbers {
  /** The next number, as decimal text. */
  take(): string;
  /** Puts back what was not taken, or all of it when nothing was committed. */
  putBack(which: 'unused' | 'all'): void;
}

/**
 * Numbers of cases that this process has set aside, by account. They are taken in short transactions of their own
 * before any that needs them, so that nobody waits for the counter until somebody else's batch has committed, and no
 * transaction waits for a second connection. What a crash takes along is a gap.
 */
export class CaseNumbers {
  /** Ascending. */
  private readonly free = new Map<string, bigint[]>();

  constructor(private readonly pool: Pool) {}

  /** Sets `count` numbers aside for one settling, the lowest that this process has. Throws what the database threw. */
  async reserve(accountId: string, count: number): Promise<ReservedNumbers> {
    const reserved = this.free.get(accountId)?.splice(0, count) ?? [];
    const missing = count - reserved.length;
    if (missing > 0) {
      reserved.push(...(await this.allocate(accountId, missing, reserved)));
    }
    let taken = 0;
    return {
      take: () => {
        const number = reserved[taken];
        if (number === undefined) {
          throw new Error(`more cases were opened than the ${count} numbers that were reserved`);
        }
        taken += 1;
        return number.toString();
      },
      putBack: (which) => this.add(accountId, reserved.splice(which === 'all' ? 0 : taken)),
    };
  }

  private async allocate(accountId: string, count: number, reserved: readonly bigint[]): Promise<bigint[]> {
    try {
      const first = await allocateNumbers(this.pool, accountId, count);
      return Array.from({ length: count }, (_, index) => first + BigInt(index));
    } catch (error) {
      this.add(accountId, reserved);
      throw error;
    }
  }

  /**
   * Gives the counter back what is its end, so that a process that stops in order leaves no gap. Whoever reserves
   * meanwhile is given other numbers.
   */
  async giveBack(): Promise<void> {
    const set = [...this.free];
    this.free.clear();
    for (const [accountId, numbers] of set) {
      const last = numbers.at(-1);
      if (last !== undefined) {
        await returnNumbers(this.pool, accountId, firstOfRun(numbers), last);
      }
    }
  }

  /** Drops what was set aside: it turned out to be borne by cases. */
  forget(): void {
    this.free.clear();
  }

  private add(accountId: string, numbers: readonly bigint[]): void {
    const all = [...(this.free.get(accountId) ?? []), ...numbers];
    this.free.set(
      accountId,
      all.sort((left, right) => (left < right ? -1 : 1)),
    );
  }
}

/** The first of the unbroken run that the numbers end with. */
function firstOfRun(numbers: readonly bigint[]): bigint {
  let index = numbers.length - 1;
  while (index > 0 && numbers[index - 1] === (numbers[index] ?? 0n) - 1n) {
    index -= 1;
  }
  return numbers[index] ?? 0n;
}
