import { INTERACTION_TOPICS, TOPICS } from '#libs/interaction';
import type { EventLog } from '#libs/messaging';
import { messageOf } from '../context.js';
import { sumOf, topicLag } from '../topic-lag.js';
import { broken, doubtful, fine, type Finding } from './finding.js';

/** Whether the log answers, its topics are as they should be, and case-builder keeps up. Creates nothing. */
export async function examineLog(open: () => Promise<EventLog>, where: string): Promise<Finding[]> {
  let log: EventLog;
  try {
    log = await open();
  } catch (error) {
    return [broken('log', `${where} does not answer (${messageOf(error)}): start it, or correct KAFKA_BROKERS`)];
  }
  try {
    const answer = await log.check();
    return answer.ok
      ? [fine('log', `${where} answers`), ...(await examineTopics(log))]
      : [broken('log', `${where}: ${answer.reason}`)];
  } catch (error) {
    return [broken('topics', messageOf(error))];
  } finally {
    await log.close();
  }
}

async function examineTopics(log: EventLog): Promise<Finding[]> {
  const lags = await Promise.all(TOPICS.map(async (topic) => ({ topic, lag: await topicLag(log, topic.name) })));
  const present = lags.filter(({ lag }) => lag !== null).map(({ topic }) => topic);
  const missing = lags.filter(({ lag }) => lag === null).map(({ topic }) => topic.name);
  // Only topics that are there are compared, because comparing would make the others.
  const differences = present.length === 0 ? [] : await log.ensureTopics(present);
  const findings = differences.map(({ topic, setting, wanted, found }) =>
    doubtful('topics', `${topic}: ${setting} is ${found} and should be ${wanted}`),
  );
  if (missing.length > 0) {
    findings.push(doubtful('topics', `missing until an app starts that uses them: ${missing.join(', ')}`));
  }
  const read = lags.filter(({ topic }) => (INTERACTION_TOPICS as readonly string[]).includes(topic.name));
  const behind = sumOf(read.flatMap(({ lag }) => (lag ?? []).map((partition) => partition.lag)));
  return [
    ...(findings.length > 0 ? findings : [fine('topics', `all ${TOPICS.length} as they should be`)]),
    fine('case-builder', behind === 0n ? 'has read everything' : `has ${behind} records to read`),
  ];
}
