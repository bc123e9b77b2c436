import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { declareConfiguration } from '#libs/case-store';
import { seededRandom, type Random } from '../faults/random.js';
import { ACME } from './acme.js';
import { type ArrivedBatch, type Lane, lanesOf, nextBatch } from './arrivals.js';
import { Hands } from './by-hand.js';
import { canonicalJson } from './canonical-json.js';
import { Names } from './names.js';
import { BEGIN, planMails } from './plan.js';
import { Post } from './post.js';
import { Recorder } from './recorder.js';
import { tableLines } from './tables.js';
import { Tally, tallyTables } from './tally.js';
import { openWritePath, type WritePath } from './write-path.js';

export interface RecordOptions {
  readonly mails: number;
  readonly seed: number;
}

const DAY = 24 * 60 * 60 * 1000;
const CLOSE_EVERY = 5;

/**
 * Records what becomes of planned mails, so that two states of the code can be compared:
 * 1. plan: the mails, their order of arrival, their partitions
 * 2. until nothing waits: one batch, then people at work, verdicts about what is suspended, and auto-close
 * 3. the tables at the end
 * Everything happens one after another, at an hour that only the steps move. The database must be migrated and empty.
 */
export async function record(
  pool: Pool,
  { mails, seed }: RecordOptions,
  write: (line: string) => void,
): Promise<Tally> {
  await declareConfiguration(pool, ACME);
  const [names, tally] = [new Names(pool), new Tally()];
  await names.learnDeclared();
  const run = await beginRun(pool, seed, { names, tally, write });
  const planned = planMails(seed, mails);
  planned.forEach(({ kind }) => tally.add('planned mails', kind));
  const lanes = lanesOf(seed, planned);
  write(canonicalJson({ plan: digestOf(lanes), mails, seed }));
  for (let batch = nextBatch(lanes, run.random, mails); batch !== null; batch = nextBatch(lanes, run.random, mails)) {
    await handleBatch(run, batch);
    await workByHand(run, batch.arrivals.length);
    await sayVerdicts(run);
    run.batches += 1;
    if (run.batches % CLOSE_EVERY === 0) {
      await closeDue(run, 0);
    }
  }
  await closeDue(run, 2 * DAY);
  await tableLines(pool, names, run.post.published, write);
  await tallyTables(pool, tally);
  return tally;
}

/** Recordings of different plans have nothing to say about each other. */
function digestOf(lanes: readonly Lane[]): string {
  return createHash('sha256').update(JSON.stringify(lanes)).digest('hex');
}

interface Run {
  readonly pool: Pool;
  readonly random: Random;
  readonly path: WritePath;
  readonly post: Post;
  readonly hands: Hands;
  readonly recorder: Recorder;
  readonly tally: Tally;
  readonly clock: { now: number };
  batches: number;
}

interface Notes {
  readonly names: Names;
  readonly tally: Tally;
  readonly write: (line: string) => void;
}

async function beginRun(pool: Pool, seed: number, { names, tally, write }: Notes): Promise<Run> {
  const clock = { now: BEGIN };
  const hands = new Hands(pool, seededRandom(seed + 3));
  await hands.prepare();
  return {
    pool,
    random: seededRandom(seed + 2),
    path: openWritePath(pool, () => new Date(clock.now)),
    post: new Post(pool, names),
    hands,
    recorder: new Recorder(names, tally, write),
    tally,
    clock,
    batches: 0,
  };
}

/** Each step has an hour of its own. */
function tick({ clock }: Run, notBefore = 0): string {
  clock.now = Math.max(clock.now, notBefore) + 1000;
  return new Date(clock.now).toISOString();
}

async function handleBatch(run: Run, batch: ArrivedBatch): Promise<void> {
  const at = tick(run, Math.max(...batch.arrivals.map(({ receivedAt }) => receivedAt.getTime())));
  const delivered = await run.post.deliver(batch);
  const { topic, partition, offset, arrivals } = batch;
  const what = { what: 'batch', at, topic, partition, offset, records: arrivals.length };
  await run.recorder.step(what, await run.path.batch(delivered));
  run.tally.add('steps', 'batch');
  run.tally.add('batches by records', arrivals.length < 6 ? '1-5' : arrivals.length < 41 ? '6-40' : '41-500');
}

async function workByHand(run: Run, records: number): Promise<void> {
  const at = tick(run);
  await run.hands.work(Math.ceil(records / 3), new Date(at));
  await run.recorder.step({ what: 'by hand', at }, await run.path.relay());
  run.tally.add('steps', 'by hand');
}

/** Some of what waits, whatever has waited for how long; some of it waits for ever. */
async function sayVerdicts(run: Run): Promise<void> {
  const { rows } = await run.pool.query<{ id: string }>(
    `select interaction_id as id from quarantine where state = 'waiting' order by interaction_id`,
  );
  for (const { id } of rows.slice(0, 200)) {
    const lot = run.random.below(40);
    if (lot < 3) {
      const verdict = lot < 2 ? 'released' : 'rejected';
      const at = tick(run);
      const note = verdict === 'rejected' ? 'phishing' : null;
      const records = await run.path.settleSuspended(id, { verdict, by: 'a person', note });
      await run.recorder.step({ what: verdict, at }, records);
      run.tally.add('steps', verdict);
    }
  }
}

async function closeDue(run: Run, later: number): Promise<void> {
  const at = tick(run, run.clock.now + later);
  await run.recorder.step({ what: 'auto-close', at }, await run.path.closeDue());
  run.tally.add('steps', 'auto-close');
}
