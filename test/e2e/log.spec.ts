import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CASE_EVENTS_TOPIC,
  CASE_STATE_TOPIC,
  DEAD_LETTER_TOPIC,
  DECIDED_TOPIC,
  interactionTopic,
} from '#libs/interaction';
import type { LogRecord } from '#libs/messaging';
import { PATIENCE_MS, waitUntil } from '#libs/testing';
import { aMail, aReply } from '../mails/a-mail.js';
import { SALES } from './acme.js';
import { logsUnderTest } from './logs.js';
import { readPlainly } from './plain-consumer.js';
import { openWorld, type World } from './world.js';

const EMAIL_TOPIC = interactionTopic('email');

describe.each(logsUnderTest())('the topics on the %s log', (kind, log) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(log);
  });
  afterEach(() => world?.stop());

  const conversation = async (): Promise<void> => {
    const [first, other] = [aMail(), aMail({ from: 'bruno@customer.example', to: [SALES] })];
    const reply = aReply(first);
    await world.receives(first, reply, other, aReply(reply), aReply(other));
  };

  it('72 killed between commit and publish: the event is still published, once per ce_id', async () => {
    await world.builder.stopRelay();
    await world.delivers(aMail());
    await until(async () => (await world.waiting()) > 0);
    expect(await world.records(CASE_EVENTS_TOPIC)).toEqual([]);

    world.builder.startRelay();
    await world.settled();
    const ids = (await world.records(CASE_EVENTS_TOPIC)).map(({ headers }) => headers['ce_id']);
    expect(ids).toHaveLength(1);
  });

  it('73 replaying the topic from offset 0 makes no new cases', async () => {
    await conversation();
    const before = { cases: await world.cases(), interactions: await world.interactions() };
    const events = idsOf(await world.records(CASE_EVENTS_TOPIC));
    const decided = idsOf(await world.records(DECIDED_TOPIC));

    await world.replayFromZero();

    expect({ cases: await world.cases(), interactions: await world.interactions() }).toEqual(before);
    expect(idsOf(await world.records(CASE_EVENTS_TOPIC))).toEqual(events);
    expect(idsOf(await world.records(DECIDED_TOPIC))).toEqual(decided);
  });

  it('74 a poison record becomes a dead letter and the partition goes on', async () => {
    const first = aMail();
    await world.receives(first);
    const [good] = await world.records(EMAIL_TOPIC);
    const sameKey = good?.key ?? null;
    await world.publishes(
      { topic: EMAIL_TOPIC, key: sameKey, value: 'no json', headers: {} },
      { topic: EMAIL_TOPIC, key: sameKey, value: '{"schema":1}', headers: {} },
    );
    await world.receives(aReply(first));

    expect(await world.theCase()).toMatchObject({ interaction_count: 2 });
    expect(await world.deadLetters()).toMatchObject([{ record_key: sameKey }, { record_key: sameKey }]);
    const dead = await world.allRecords(DEAD_LETTER_TOPIC);
    expect(dead.map(({ value }) => value?.toString())).toEqual(expect.arrayContaining(['no json', '{"schema":1}']));
    expect(dead).toHaveLength(2);
    expect(dead[0]?.headers).toMatchObject({ 'dlq.original.topic': EMAIL_TOPIC, 'dlq.original.group': 'case-builder' });
  });

  it('76 the state topic, read from the start, equals the database', async () => {
    await conversation();
    const last = lastByKey(await world.records(CASE_STATE_TOPIC));
    const cases = await world.cases();
    expect(last.size).toBe(cases.length);
    for (const { id, number, subject, category, interaction_count, version } of cases) {
      expect(last.get(id)).toMatchObject({
        id,
        number: Number(number),
        subject,
        status: category,
        interaction_count,
        version,
      });
    }
  });

  it('77 a case rebuilt from its events equals its state', async () => {
    await conversation();
    const rebuilt = new Map<string, Record<string, unknown>>();
    for (const { key, value } of await world.records(CASE_EVENTS_TOPIC)) {
      const { changes } = JSON.parse(value?.toString() ?? '') as { changes: { field: string; to: unknown }[] };
      const state = rebuilt.get(key ?? '') ?? { ...BLANK };
      changes.forEach(({ field, to }) => (state[field] = to));
      rebuilt.set(key ?? '', state);
    }
    for (const [id, state] of lastByKey(await world.records(CASE_STATE_TOPIC))) {
      const { status_label: _looked, ...stored } = state;
      expect(withoutNulls(rebuilt.get(id) ?? {})).toEqual(withoutNulls(stored));
    }
    expect(rebuilt.size).toBe(2);
  });

  it('carries the CloudEvents headers of every record, as a plain client sees them', async () => {
    await conversation();
    const read = (topic: string): Promise<LogRecord[]> =>
      kind === 'kafka' ? readPlainly(log.brokers, `${world.topicPrefix}${topic}`) : world.records(topic);
    const [mails, events, states] = await Promise.all([
      read(EMAIL_TOPIC),
      read(CASE_EVENTS_TOPIC),
      read(CASE_STATE_TOPIC),
    ]);

    expect(mails).toHaveLength(5);
    expect(mails.every(isCloudEvent)).toBe(true);
    expect(mails[0]?.headers).toMatchObject({
      ce_type: 'io.casewright.interaction.received.v1',
      'x-channel': 'email',
      ce_partitionkey: mails[0]?.key,
    });
    expect(mails[0]?.headers['x-external-id']).toMatch(/^[0-9a-f]{64}$/);
    expect(events.length).toBeGreaterThanOrEqual(5);
    expect(events.every(isCloudEvent)).toBe(true);
    expect(events.every(({ key, headers }) => headers['ce_subject'] === `cases/${key}`)).toBe(true);
    expect(events.map(({ headers }) => headers['ce_type'])).toContain('io.casewright.case.created.v1');
    expect(events.every(({ headers }) => /^\d{20}$/.test(headers['ce_sequence'] ?? ''))).toBe(true);
    expect(new Set(idsOf(events)).size).toBe(events.length);
    expect(events.every(({ headers, value }) => versionIn(value) === Number(headers['ce_sequence']))).toBe(true);
    expect(states.every(isCloudEvent)).toBe(true);
    expect(states.every(({ key, headers }) => headers['ce_subject'] === `cases/${key}`)).toBe(true);
  });
});

/** Binary content mode (events.md §1). */
function isCloudEvent({ headers, value }: LogRecord): boolean {
  const required = ['ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_dataschema', 'ce_accountid'];
  return (
    headers['ce_specversion'] === '1.0' &&
    headers['content-type'] === 'application/json' &&
    required.every((name) => (headers[name] ?? '') !== '') &&
    !Number.isNaN(Date.parse(headers['ce_time'] ?? '')) &&
    typeof JSON.parse(value?.toString() ?? 'null') === 'object'
  );
}

/** An event shows the case as it was right after it, not as it is when the event is published. */
function versionIn(value: Buffer | null): number {
  return (JSON.parse(value?.toString() ?? '') as { case: { version: number } }).case.version;
}

function idsOf(records: readonly LogRecord[]): (string | undefined)[] {
  return records.map(({ headers }) => headers['ce_id']).sort();
}

function lastByKey(records: readonly LogRecord[]): Map<string, Record<string, unknown>> {
  return new Map(
    records.map(({ key, value }) => [key ?? '', JSON.parse(value?.toString() ?? '') as Record<string, unknown>]),
  );
}

/** What a case is before its first event: events name what changes, and null is not said. */
const BLANK = {
  auto_assign: true,
  comment_count: 0,
  custom_fields: {},
  exclude_from_auto_close: false,
  legal_hold: false,
  participants: [],
  reopen_count: 0,
  tags: [],
};

function withoutNulls(state: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null));
}

const until = (holds: () => Promise<boolean>) => waitUntil(holds, PATIENCE_MS, () => 'it does not happen', 10);
