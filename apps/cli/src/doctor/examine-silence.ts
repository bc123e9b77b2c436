import type { Pool } from 'pg';
import { isTooLong, listSilences, sentenceOf, silenceLimits } from '#libs/channel-kit';
import type { Configuration } from '#libs/runtime';
import { messageOf } from '../context.js';
import { doubtful, fine, type Finding } from './finding.js';

/** Which connections have been silent for `silentAfterHours`, as whoever takes their webhooks saw it last. */
export async function examineSilence(
  pool: Pool,
  configuration: Pick<Configuration, 'account' | 'telephony'>,
): Promise<Finding[]> {
  const limits = silenceLimits(configuration);
  if (limits.length === 0) {
    return [];
  }
  try {
    const names = limits.map(({ connection }) => connection);
    const silences = new Map(
      (await listSilences(pool, configuration.account.id, names)).map((silence) => [silence.connection, silence]),
    );
    return limits.map((limit) => {
      const what = `events of ${limit.connection}`;
      const silence = silences.get(limit.connection);
      if (silence === undefined) {
        return fine(what, 'none yet');
      }
      return isTooLong(silence, limit)
        ? doubtful(what, sentenceOf(silence, limit))
        : fine(what, `the last at ${silence.lastEventAt.toISOString()}`);
    });
  } catch (error) {
    return [doubtful('events', `cannot be examined (${messageOf(error)})`)];
  }
}
