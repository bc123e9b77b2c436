import type { Pool } from 'pg';
import { suspectSounds } from '../../recordings/sql/suspect-sounds.js';
import type { AwaitedSound, SentSound } from './sent-sound.js';
import { findAwaitedSounds } from './sql/find-awaited-sounds.js';
import { findSentSounds } from './sql/find-sent-sounds.js';
import { forgetAwaitedSounds } from './sql/forget-awaited-sounds.js';
import { forgetSentSounds } from './sql/forget-sent-sounds.js';
import { insertAwaitedSounds } from './sql/insert-awaited-sounds.js';
import { saveSentSound } from './sql/save-sent-sound.js';

/**
 * Sounds that telephone systems send themselves. A sound and who waits for it come in any order, in any process: each is stored
 * first, and asks for the other then, so that the later one finds both. Rejects when the database fails.
 */
export interface SentSounds {
  /** Notes who waits; resolves with the sounds that are there already. */
  await(awaited: readonly AwaitedSound[]): Promise<readonly SentSound[]>;
  /** Keeps where a sound lies; a newer one of the same recording takes its place. */
  keep(sound: SentSound): Promise<{ readonly isNew: boolean; readonly awaited: readonly AwaitedSound[] }>;
  /** Forgets what nobody will ask for any more: sounds and those who wait for one, after so many days. */
  forget(days: number): Promise<void>;
}

/** Rows of one statement. */
const STEP = 1_000;

export function postgresSentSounds(pool: Pool, accountId: string): SentSounds {
  return {
    async await(awaited) {
      await insertAwaitedSounds(pool, accountId, awaited);
      return findSentSounds(pool, accountId, awaited);
    },
    async keep(sound) {
      const isNew = await saveSentSound(pool, accountId, sound);
      const awaited = await findAwaitedSounds(pool, accountId, sound);
      return { isNew, awaited };
    },
    async forget(days) {
      for (let forgotten = STEP; forgotten === STEP;) {
        forgotten = await forgetAwaitedSounds(pool, accountId, { days, limit: STEP });
      }
      for (let forgotten = STEP; forgotten === STEP;) {
        const contents = await forgetSentSounds(pool, accountId, { days, limit: STEP });
        forgotten = contents.length;
        await (forgotten === 0 ? Promise.resolve() : suspectSounds(pool, contents));
      }
    },
  };
}
