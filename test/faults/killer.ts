import { setTimeout as delay } from 'node:timers/promises';
import { CASE_BUILDER_GROUP, interactionTopic } from '#libs/interaction';
import { waitUntil } from '#libs/testing';
import type { Parts } from './parts.js';
import { startApp, type RunningApp } from './processes.js';
import type { Random } from './random.js';

/** What the kills met. */
export interface KillReport {
  kills: number;
  /** Records that waited unread at the moment of each kill. */
  lagAtKill: number[];
}

export interface KillPlan {
  readonly kills: number;
  /** Sendings in all. */
  readonly sendings: number;
  readonly random: Random;
  /** Sendings that are durable by now. */
  sent(): number;
}

/** case-builder under fire: the process that runs now, and the load that it has to have before the next kill. */
export interface Killer {
  /** Kills and restarts until the plan is done; resolves with the process that survives. */
  run(): Promise<RunningApp>;
  /** Most sendings that may be durable now, so that no kill comes when the load is over. */
  allowed(): number;
  readonly report: KillReport;
}

export const EMAIL_TOPIC = interactionTopic('email');

/**
 * Kill number k happens while sendings of its share of the load arrive: at a random moment after its threshold, once
 * the restarted process has committed something, and before the load may go past the next threshold.
 */
export function makeKiller(parts: Parts, first: RunningApp, plan: KillPlan): Killer {
  const report: KillReport = { kills: 0, lagAtKill: [] };
  const share = plan.sendings / (plan.kills + 1);
  const thresholds = Array.from({ length: plan.kills }, (_, index) => share * (index + plan.random.fraction() * 0.7));
  return {
    report,
    allowed: () => (report.kills >= plan.kills ? plan.sendings : Math.max(1, share * (report.kills + 1))),
    async run() {
      let app = first;
      for (const threshold of thresholds) {
        const before = await countInteractions(parts);
        await waitUntil(
          async () => plan.sent() >= threshold,
          300_000,
          () => 'the mails do not get through',
        );
        await waitForProgress(parts, app, before);
        await delay(plan.random.below(150));
        const lag = await lagOf(parts);
        await app.kill('SIGKILL');
        report.kills += 1;
        report.lagAtKill.push(lag);
        app = await startApp('case-builder', parts.folder, parts.environment);
      }
      await app.ready();
      return app;
    },
  };
}

/** Records of the topic that case-builder has not finished. */
export async function lagOf(parts: Parts, topic = EMAIL_TOPIC): Promise<number> {
  const lag = await parts.log.lag(CASE_BUILDER_GROUP, [topic]);
  return Number(lag.reduce((sum, partition) => sum + partition.lag, 0n));
}

async function countInteractions(parts: Parts): Promise<number> {
  const { rows } = await parts.pool.query<{ count: number }>('select count(*)::int as count from interaction');
  return rows[0]?.count ?? 0;
}

async function waitForProgress(parts: Parts, app: RunningApp, before: number): Promise<void> {
  let ended: number | string | null = null;
  void app.exited.then((reason) => (ended = reason));
  const goesOn = async (): Promise<boolean> => {
    if (ended !== null) {
      throw new Error(`case-builder ended by itself (${ended}): see ${parts.folder}/case-builder.log`);
    }
    return (await countInteractions(parts)) > before;
  };
  await waitUntil(goesOn, 120_000, () => `case-builder commits nothing: see ${parts.folder}/case-builder.log`, 20);
}
