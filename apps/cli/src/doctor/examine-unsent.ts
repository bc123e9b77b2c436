import type { Pool } from 'pg';
import { countUnsentRecords } from '#libs/case-store';
import { messageOf } from '../context.js';
import { doubtful, fine, type Finding } from './finding.js';

/** Whether there are records that their topics could not hold. */
export async function examineUnsent(pool: Pool): Promise<Finding[]> {
  try {
    const unsent = await countUnsentRecords(pool);
    return unsent.length === 0
      ? [fine('unsent records', 'none')]
      : unsent.map(({ topic, records, oldest, latestReason }) => {
          const what = `${records} never came into ${topic}, the first on ${oldest.toISOString()} (${latestReason})`;
          return doubtful('unsent records', `${what}: see what max.message.bytes it has; unsent_record has them whole`);
        });
  } catch (error) {
    return [doubtful('unsent records', `cannot be examined (${messageOf(error)})`)];
  }
}
