import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ACCOUNT_ID } from '#libs/testing';
import { RecordingWorld, until } from '../testing/recording-world.js';

let world: RecordingWorld;
beforeAll(async () => {
  world = await RecordingWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const ROWS = 2_500;

async function counts(): Promise<number[]> {
  const { rows } = await world.database.pool.query<{ count: number }>(
    `select count(*)::int as count from awaited_sound union all select count(*)::int from sent_sound
    union all select count(*)::int from unused_content`,
  );
  return rows.map(({ count }) => count);
}

it('the worker forgets sounds and who waits for one after 30 days, though no sound ever comes', async () => {
  const { pool } = world.database;
  await pool.query(
    `insert into awaited_sound
    select $1, 'generic/pbx', 'r-' || i, 'call', 'c-1', '{}', now() - case when i < 3 then interval '29 days' else interval '31 days' end
    from generate_series(1, $2::int) i`,
    [ACCOUNT_ID, ROWS],
  );
  await pool.query(
    `insert into sent_sound
    select $1, 'generic/pbx', 'r-' || i, 'sha-' || i % 2000, 9, 'audio/wav', now() - case when i < 4 then interval '29 days' else interval '31 days' end
    from generate_series(1, $2::int) i`,
    [ACCOUNT_ID, ROWS],
  );
  const worker = world.worker();
  worker.start();
  await until(async () => (await counts())[1] === 3);
  await worker.stop();
  // Their bytes are looked at, each once: nobody may have waited for them.
  expect([await counts(), world.logged]).toEqual([[2, 3, 2_000], []]);
});
