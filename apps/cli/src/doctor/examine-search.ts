import type { Pool } from 'pg';
import { countSearchQueue, findSearchIndex } from '#libs/case-store';
import { messageOf } from '../context.js';
import { doubtful, fine, type Finding } from './finding.js';

const LONG_SECONDS = 300;

/** Whether searches have their index, and how far it is behind. */
export async function examineSearch(pool: Pool): Promise<Finding> {
  try {
    const state = await findSearchIndex(pool);
    if (state === 'no-extension') {
      const remedy = 'let somebody who may run CREATE EXTENSION pg_trgm in this database';
      return doubtful('search', `reads every case, because the extension pg_trgm is missing: ${remedy}, then restart`);
    }
    if (state === 'no-index') {
      return doubtful('search', 'has no index yet: case-builder or the standalone makes it when it starts');
    }
    const { cases, oldestSeconds } = await countSearchQueue(pool);
    const behind = `${cases} changed cases wait, the oldest for ${Math.round(oldestSeconds)} s`;
    return oldestSeconds > LONG_SECONDS
      ? doubtful('search', `${behind}: see whether case-builder runs`)
      : fine('search', cases === 0 ? 'up to date' : behind);
  } catch (error) {
    return doubtful('search', `cannot be examined (${messageOf(error)})`);
  }
}
