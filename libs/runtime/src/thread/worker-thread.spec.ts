import { afterEach, describe, expect, it } from '@jest/globals';
import { WorkerThread, type ThreadSettings } from './worker-thread.js';

/** What the thread does for each question. */
const MODULE = `
  export async function openThread({ greeting, load }) {
    if (load === 'never') await new Promise(() => setInterval(() => {}, 1000));
    if (load === 'fails') throw new Error('cannot load');
    return async (question) => {
      if (question === 'loop') for (;;);
      if (question === 'throw') throw new Error('no');
      if (question === 'exit') process.exit(1);
      if (question === 'memory') { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }
      if (question === 'wait') await new Promise((resolve) => setTimeout(resolve, 100));
      return greeting + ' ' + question;
    };
  }`;
const opened: WorkerThread<string, string>[] = [];

function thread(told: Partial<ThreadSettings> = {}, load = 'at once'): WorkerThread<string, string> {
  const created = new WorkerThread<string, string>({
    file: new URL(`data:text/javascript,${encodeURIComponent(MODULE)}`),
    data: { greeting: 'Hello,', load },
    timeLimitMs: 5_000,
    mostAtOnce: 1,
    mostWaiting: 10,
    ...told,
  });
  opened.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

const hello = (name: string) => ({ ok: true, answer: `Hello, ${name}` });
const failed = { ok: false, reason: 'failed' };

describe('a thread that answers questions', () => {
  it('answers them in their order, one after the other', async () => {
    const worker = thread();
    const order: string[] = [];
    const asked = ['wait', 'Ana', 'Bo'].map((name) =>
      worker.ask(name).then((answer) => {
        order.push(name);
        return answer;
      }),
    );
    expect(await Promise.all(asked)).toEqual([hello('wait'), hello('Ana'), hello('Bo')]);
    expect(order).toEqual(['wait', 'Ana', 'Bo']);
  });

  it('answers several side by side when it may', async () => {
    const worker = thread({ mostAtOnce: 2 });
    const first = worker.ask('wait').then(() => 'first');
    const second = worker.ask('Bo').then(() => 'second');
    expect(await Promise.race([first, second])).toBe('second');
  });

  it.each([
    ['loop', { timeLimitMs: 100 }, 'timeout'],
    ['exit', {}, 'failed'],
    ['memory', { heapMb: 32 }, 'failed'],
    ['throw', {}, 'failed'],
  ])('tells that a question failed (%s), and answers those behind it', async (question, told, reason) => {
    const worker = thread(told);
    const [first, next] = await Promise.all([worker.ask(question), worker.ask('Bo')]);
    expect(first).toEqual({ ok: false, reason });
    expect(next).toEqual(hello('Bo'));
  });

  it('tells all that are in it when one takes too long', async () => {
    const worker = thread({ mostAtOnce: 2, timeLimitMs: 200 });
    await worker.ask('Ana');
    const answers = await Promise.all([worker.ask('loop'), worker.ask('Bo'), worker.ask('Carla')]);
    expect(answers.map((answer) => (answer.ok ? answer.answer : answer.reason))).toEqual([
      'timeout',
      'timeout',
      'Hello, Carla',
    ]);
  });

  it('lets only so many wait', async () => {
    const worker = thread({ mostWaiting: 1 });
    await worker.ask('Ana');
    const answers = await Promise.all([worker.ask('wait'), worker.ask('Bo'), worker.ask('Carla')]);
    expect(answers).toEqual([hello('wait'), hello('Bo'), { ok: false, reason: 'busy' }]);
  });

  it.each([
    ['fails', 'failed'],
    ['never', 'timeout'],
  ])('lets nobody wait for modules that cannot be loaded (%s), and tries again for the next', async (load, reason) => {
    const worker = thread({ loadLimitMs: 300 }, load);
    for (const names of [['Ana', 'Bo'], ['Carla']]) {
      const answers = await Promise.all(names.map((name) => worker.ask(name)));
      expect(answers).toEqual(names.map(() => ({ ok: false, reason })));
    }
  });

  it('closed, tells whoever waits that it failed', async () => {
    const worker = thread();
    await worker.ask('Ana');
    const asked = [worker.ask('wait'), worker.ask('Bo')];
    await worker.close();
    expect(await Promise.all(asked)).toEqual([failed, failed]);
    expect(await worker.ask('Carla')).toEqual(failed);
  });
});
