import type { Pool } from 'pg';

export interface TopicRow {
  readonly id: number;
  readonly name: string;
  readonly partitions: number;
  readonly isCompacted: boolean;
  readonly retentionMs: number | null;
  readonly maxMessageBytes: number;
}

/** Every topic; there are about ten. */
export async function loadTopics(pool: Pool): Promise<TopicRow[]> {
  const { rows } = await pool.query<TopicRow>(`
    select id, name, partitions, is_compacted as "isCompacted", retention_ms::float8 as "retentionMs",
      max_message_bytes as "maxMessageBytes"
    from log_topic order by name`);
  return rows;
}
