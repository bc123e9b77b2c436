import type { EventLog, OutgoingRecord } from '#libs/messaging';

/** Enough for as many keys as there are partitions, many times over. */
const MOST_OF_A_PROVIDER = 1_000;

type Written = Omit<OutgoingRecord, 'value'> & { readonly value: string };

/** The records of a topic, as a text that `recordsFrom` reads. */
export async function recordsOf(log: Pick<EventLog, 'read'>, topic: string): Promise<string> {
  const records: Written[] = [];
  for await (const { key, headers, value } of log.read(topic, { from: 'beginning', follow: false })) {
    records.push({ topic, key, headers, value: value?.toString() ?? '' });
  }
  return JSON.stringify(records);
}

/** Records that are ready to be published, by the provider of their calls. */
export function recordsFrom(written: string): ReadonlyMap<string, readonly OutgoingRecord[]> {
  const byProvider = new Map<string, OutgoingRecord[]>();
  for (const one of JSON.parse(written) as Written[]) {
    const provider = one.headers['x-external-id']?.split('/', 1)[0] ?? '';
    const own = byProvider.get(provider) ?? [];
    byProvider.set(provider, own);
    if (own.length < MOST_OF_A_PROVIDER) {
      own.push({ ...one, value: Buffer.from(one.value) });
    }
  }
  return byProvider;
}
