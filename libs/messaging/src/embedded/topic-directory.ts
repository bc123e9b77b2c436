import type { Pool } from 'pg';

import { UnknownTopic } from '../errors.js';
import { loadTopics, type TopicRow } from './sql/topics/load-topics.js';

/** Topics by name, kept in memory: they are created and hardly ever changed. */
export interface TopicDirectory {
  /** What is known now, without asking the database. */
  known(name: string): TopicRow | undefined;
  /** Ends in UnknownTopic when there is none of that name. */
  find(name: string): Promise<TopicRow>;
  refresh(): Promise<readonly TopicRow[]>;
}

export function createTopicDirectory(pool: Pool): TopicDirectory {
  let topics = new Map<string, TopicRow>();
  let finding: Promise<unknown> | undefined;
  const refresh = async () => {
    const rows = await loadTopics(pool);
    topics = new Map(rows.map((row) => [row.name, row]));
    return rows;
  };
  return {
    known: (name) => topics.get(name),
    refresh,
    async find(name) {
      if (!topics.has(name)) {
        // One query for all that come at once.
        await (finding ??= refresh().finally(() => (finding = undefined)));
      }
      const topic = topics.get(name);
      if (!topic) {
        throw new UnknownTopic(name);
      }
      return topic;
    },
  };
}
