import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { claimThreads, ConcurrentChange } from '#libs/case-store';
import { newId } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { testDatabase, type TestDatabase } from '#libs/testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it('I-13 a name that meanwhile leads to another case is not taken: who comes too late starts over', async () => {
  const [first, later] = [newId(), newId()];
  const claim = (caseId: string): Promise<void> =>
    claimThreads(database.pool, defaultAccountId, [
      { kind: 'message_id', value: '<one@x.example>', caseId, interactionId: null },
    ]);
  await claim(first);
  await claim(first);
  await expect(claim(later)).rejects.toBeInstanceOf(ConcurrentChange);
  const { rows } = await database.pool.query('select case_id from thread_key');
  expect(rows).toEqual([{ case_id: first }]);
});
