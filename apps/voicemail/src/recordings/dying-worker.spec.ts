import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordingWork } from '#libs/channel-kit';
import { give, message, OWN, RecordingWorld, until } from '../testing/recording-world.js';
import { aWav } from '../testing/sound-server.js';

let world: RecordingWorld;
beforeAll(async () => {
  world = await RecordingWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('many workers', () => {
  it('fetch each recording once, four of a connection at a time', async () => {
    world.answers = [(response) => void setTimeout(() => give(aWav())(response), 15)];
    const facts = Array.from({ length: 24 }, (_, index) => ({ ...message, voicemailId: `vm-${index}` }));
    await world.jobs.add(facts.map((fact) => ({ fact, address: world.server.at(OWN, `/${fact.voicemailId}`) })));
    const workers = [world.worker(), world.worker(), world.worker()];
    workers.forEach((worker) => worker.start());
    await until(async () => (await world.jobs.count()) === 0);
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(new Set(world.server.seen.map(({ path }) => path)).size).toBe(24);
    expect([world.server.seen.length, world.told.length, world.under.most <= 4]).toEqual([24, 24, true]);
  });

  it('take over from one that stops, at once', async () => {
    world.answers = [() => undefined, give(aWav())];
    await world.add();
    const first = world.worker();
    first.start();
    await until(() => world.server.seen.length > 0);
    await first.stop();
    expect(await world.worker().takeDue()).toBe(1);
    expect(world.recordings()).toMatchObject([{ status: 'available' }]);
  });
});

describe('a process that dies', () => {
  const dead = new Promise<never>(() => undefined);
  /** What was called last never comes back. */
  const dying = (...names: (keyof RecordingWork)[]): RecordingWork =>
    Object.assign({}, world.jobs, ...names.map((name) => ({ [name]: () => dead }))) as RecordingWork;
  const goesOn = async () => {
    await world.makeDue();
    await world.worker().takeDue();
  };

  it('between the bytes and the row loses nothing: the sound is fetched again, and stored once', async () => {
    await world.add();
    void world.worker({ work: dying('saveOutcome') }).takeDue();
    await until(() => world.server.seen.length > 0 && world.under.now === 0);
    expect(world.told).toEqual([]);
    await goesOn();
    expect(world.recordings()).toMatchObject([{ status: 'available' }]);
    expect([await world.jobs.count(), world.server.seen.length]).toEqual([0, 2]);
  });

  it('between the row and the log tells it later, without fetching it again', async () => {
    await world.add();
    void world.worker({ publisher: { publish: () => dead } }).takeDue();
    await until(async () => {
      const { rowCount } = await world.database.pool.query('select 1 from recording_job where outcome is not null');
      return rowCount === 1;
    });
    await goesOn();
    expect(world.recordings()).toMatchObject([{ status: 'available' }]);
    expect([await world.jobs.count(), world.server.seen.length]).toEqual([0, 1]);
  });

  it('between the log and the end tells the same fact again', async () => {
    await world.add();
    void world.worker({ work: dying('end') }).takeDue();
    await until(() => world.told.length > 0);
    await goesOn();
    expect([world.told.length, world.told[1]]).toEqual([2, world.told[0]]);
    expect([await world.jobs.count(), world.server.seen.length]).toEqual([0, 1]);
  });

  it('is no reason to forget an outcome while the log is away', async () => {
    await world.add();
    await world
      .worker({ publisher: { publish: async () => ({ outcome: 'unavailable', reason: 'no broker' }) } })
      .takeDue();
    expect([world.told, await world.jobs.count()]).toEqual([[], 1]);
    await goesOn();
    expect([world.recordings(), world.server.seen.length]).toMatchObject([[{ status: 'available' }], 1]);
  });
});
