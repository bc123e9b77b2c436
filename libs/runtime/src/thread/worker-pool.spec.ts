import { afterEach, describe, expect, it } from '@jest/globals';
import { WorkerPool, type PoolSettings } from './worker-pool.js';

const MODULE = `
  export function openThread() {
    return async (question) => {
      if (question === 'loop') for (;;);
      if (question === 'throw') throw new Error('no');
      if (question === 'exit') process.exit(1);
      if (question === 'wait') await new Promise((resolve) => setTimeout(resolve, 300));
      return 'Hello, ' + question;
    };
  }`;
const opened: WorkerPool<string, string>[] = [];

function aPool(told: Partial<PoolSettings> = {}): WorkerPool<string, string> {
  const pool = new WorkerPool<string, string>({
    file: new URL(`data:text/javascript,${encodeURIComponent(MODULE)}`),
    threads: 2,
    timeLimitMs: 1_000,
    mostWaiting: 10,
    waitLimitMs: 60_000,
    ...told,
  });
  opened.push(pool);
  return pool;
}

/** A pool whose threads are loaded. */
async function aLoadedPool(told: Partial<PoolSettings> = {}): Promise<WorkerPool<string, string>> {
  const pool = aPool(told);
  await Promise.all([pool.ask('Ana'), pool.ask('Bo')]);
  return pool;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

const hello = (name: string) => ({ ok: true, answer: `Hello, ${name}` });
const not = (reason: string) => ({ ok: false, reason });

async function timed<Answer>(asked: Promise<Answer>): Promise<{ readonly answer: Answer; readonly ms: number }> {
  const startedAt = performance.now();
  const answer = await asked;
  return { answer, ms: performance.now() - startedAt };
}

describe('a pool of threads that answer questions', () => {
  it('answers a quick question while a slow one has the other thread', async () => {
    const pool = await aLoadedPool({ timeLimitMs: 5_000 });
    const slow = pool.ask('loop');
    const quick = await timed(pool.ask('Carla'));
    expect(quick.answer).toEqual(hello('Carla'));
    expect(quick.ms).toBeLessThan(2_500);
    expect(await slow).toEqual(not('timeout'));
  });

  it('flooded with what never ends, tells a quick question soon that it is busy, and answers it afterwards', async () => {
    const pool = await aLoadedPool({ timeLimitMs: 5_000, mostWaiting: 20, waitLimitMs: 300 });
    const flood = Array.from({ length: 12 }, () => pool.ask('loop'));
    const quick = await timed(pool.ask('Carla'));
    expect(quick.answer).toEqual(not('busy'));
    expect(quick.ms).toBeGreaterThan(200);
    expect(quick.ms).toBeLessThan(2_500);
    const answers = await Promise.all(flood);
    expect(answers.slice(0, 2)).toEqual([not('timeout'), not('timeout')]);
    expect(answers.slice(2)).toEqual(Array.from({ length: 10 }, () => not('busy')));
    expect(await pool.ask('Carla')).toEqual(hello('Carla'));
  });

  it.each([
    ['loop', 'timeout'],
    ['exit', 'failed'],
    ['throw', 'failed'],
  ])('loses with a thread nothing but its own question (%s)', async (question, reason) => {
    const pool = await aLoadedPool();
    const answers = await Promise.all([question, 'wait', 'Bo', 'Carla'].map((name) => pool.ask(name)));
    expect(answers).toEqual([not(reason), hello('wait'), hello('Bo'), hello('Carla')]);
  });

  it('lets only so many wait, and tells the others at once', async () => {
    const pool = await aLoadedPool({ mostWaiting: 1 });
    const answers = ['wait', 'wait', 'Bo', 'Carla'].map((name) => pool.ask(name));
    expect(await Promise.race(answers)).toEqual(not('busy'));
    expect(await Promise.all(answers)).toEqual([hello('wait'), hello('wait'), hello('Bo'), not('busy')]);
  });

  it('closed, tells whoever waits that it failed', async () => {
    const pool = await aLoadedPool();
    const asked = ['wait', 'wait', 'Bo'].map((name) => pool.ask(name));
    await pool.close();
    expect(await Promise.all(asked)).toEqual([not('failed'), not('failed'), not('failed')]);
    expect(await pool.ask('Carla')).toEqual(not('failed'));
  });
});
