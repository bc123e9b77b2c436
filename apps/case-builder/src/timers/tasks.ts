import { type LedgerDependencies, settle, type Work } from '#libs/case-ledger';
import { findOverdueTasks, findTasksOfOtherZones, type FoundTask } from '#libs/case-store';
import type { Logger } from '#libs/runtime';

const CHUNK = 200;

/**
 * Says of each task that is overdue that it is, once for each time at which it is due, and returns how many that were.
 * What was missed is caught up; a second run finds nothing.
 */
export async function tellOverdueTasks(ledger: LedgerDependencies, signal: AbortSignal): Promise<number> {
  let told = 0;
  for (;;) {
    const moment = ledger.now();
    const found = await findOverdueTasks(ledger.pool, moment.toISOString(), CHUNK);
    const endings = await settleDue({ ...ledger, now: () => moment }, 'overdue', found, signal);
    const now = [...endings.values()].filter((ending) => ending === 'overdue').length;
    told += now;
    if (found.length < CHUNK || now === 0 || signal.aborted) {
      return told;
    }
  }
}

/**
 * Moves the due times of open tasks to noon in the zones that their accounts are in by now. A task of which the day has
 * no noon there keeps its time, and the log says so once in the life of the process.
 */
export class DueTimes {
  private readonly complainedOf = new Set<string>();

  constructor(
    private readonly ledger: LedgerDependencies,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /** Returns how many it moved. */
  async recompute(signal: AbortSignal): Promise<number> {
    let moved = 0;
    let after: FoundTask | null = null;
    do {
      const found: FoundTask[] = await findTasksOfOtherZones(this.ledger.pool, after, CHUNK);
      const endings = await settleDue(this.ledger, 'time_zone', found, signal);
      for (const [caseId, ending] of endings) {
        moved += ending === 'recomputed' ? 1 : 0;
        this.complainOf(caseId, ending);
      }
      after = found.length < CHUNK ? null : (found.at(-1) ?? null);
    } while (after !== null && !signal.aborted);
    return moved;
  }

  private complainOf(caseId: string, ending: string): void {
    if (ending === 'no_noon' && !this.complainedOf.has(caseId)) {
      this.complainedOf.add(caseId);
      this.logger.warn(
        { caseId, code: 'due-date-not-in-zone' },
        'A task keeps its due time: its day has no noon in the new zone',
      );
    }
  }
}

/** What became of each task, by its case. */
async function settleDue(
  ledger: LedgerDependencies,
  due: 'overdue' | 'time_zone',
  found: readonly FoundTask[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const endings = new Map<string, string>();
  for (const accountId of new Set(found.map((one) => one.accountId))) {
    const caseIds = found.filter((one) => one.accountId === accountId).map(({ caseId }) => caseId);
    const work: Work = { accountId, inputs: caseIds.map((caseId) => ({ kind: 'due', due, caseId })) };
    const [settlement] = await settle(ledger, [work], { signal });
    const ended = settlement?.known === true ? settlement.endings : [];
    ended.forEach((ending, place) => endings.set(caseIds[place] ?? '', ending));
  }
  return endings;
}
