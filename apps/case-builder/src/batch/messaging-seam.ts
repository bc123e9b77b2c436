import type { LogRecord, OutgoingRecord } from '#libs/messaging';
export async function runIsolating(records: readonly LogRecord[], attempt: (records: readonly LogRecord[]) => Promise<void>, options: { classify: (e: unknown) => string }): Promise<{ poison: { record: LogRecord; reason: string; error: unknown }[] }> {
  try { await attempt(records); return { poison: [] }; } catch (error) {
    if (options.classify(error) === 'transient') { throw error; }
    if (records.length === 1) { return { poison: [{ record: records[0]!, reason: options.classify(error), error }] }; }
    const m = records.length >> 1;
    const a = await runIsolating(records.slice(0, m), attempt, options);
    const b = await runIsolating(records.slice(m), attempt, options);
    return { poison: [...a.poison, ...b.poison] };
  }
}
export function deadLetterRecord(record: LogRecord, o: { topic: string }): OutgoingRecord {
  return { topic: o.topic, key: record.key, value: record.value, headers: record.headers };
}
