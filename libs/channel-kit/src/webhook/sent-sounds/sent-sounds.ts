import type { Pool } from 'pg';
import type { AwaitedSound, SentSound } from './sent-sound.js';
import { findAwaitedSounds } from './sql/find-awaited-sounds.js';
import { findSentSounds } from './sql/find-sent-sounds.js';
import { forgetSounds } from './sql/forget-sounds.js';
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
}

export function postgresSentSounds(pool: Pool, accountId: string): SentSounds {
  return {
    async await(awaited) {
      await insertAwaitedSounds(pool, accountId, awaited);
      return findSentSounds(pool, accountId, awaited);
    },
    async keep(sound) {
      const isNew = await saveSentSound(pool, accountId, sound);
      const awaited = await findAwaitedSounds(pool, accountId, sound);
      await forgetSounds(pool, accountId);
      return { isNew, awaited };
    },
  };
}
