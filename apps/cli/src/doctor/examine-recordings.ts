import type { Pool } from 'pg';
import { postgresRecordingJobs, RECORDING_WARNING_DAYS, recordingWarnings } from '#libs/channel-kit';
import type { Configuration } from '#libs/runtime';
import { messageOf } from '../context.js';
import { doubtful, fine, type Finding } from './finding.js';

/** What a hand is needed for so that recordings can be fetched; nothing where no telephone system is connected. */
export async function examineRecordings(
  pool: Pool,
  { account, telephony }: Pick<Configuration, 'account' | 'telephony'>,
): Promise<Finding[]> {
  if (telephony.length === 0) {
    return [];
  }
  try {
    const found = await postgresRecordingJobs(pool, account.id).failures(RECORDING_WARNING_DAYS);
    const warnings = recordingWarnings(found);
    return warnings.length === 0
      ? [fine('recordings', 'none needs a hand')]
      : warnings.map(({ sentence }) => doubtful('recordings', sentence));
  } catch (error) {
    return [doubtful('recordings', `cannot be examined (${messageOf(error)})`)];
  }
}
