import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeRecords, type OutboxRecord } from '#libs/case-store';
import { DECIDED_TOPIC, type Interaction } from '#libs/interaction';
import { aDeclaredAccount, aMail, anInteraction } from '#libs/testing';
import { settleReleased } from '../../../apps/case-builder/src/timers/settle-released.js';
import { sayWord } from '../../say-word.js';
import { aTeam, testBuilder, type TestBuilder } from './builder.js';
import { outboxRecords } from './rows.js';

let builder: TestBuilder;
const backStops = { newCasesPerHour: 3, messagesPerCaseAndHour: 4, automaticPerDay: 2 };
const FAILED = { trust: { verdict: 'fail', reason: 'DMARC failed' } } as const;

beforeAll(async () => {
  builder = await testBuilder({ account: aDeclaredAccount({ backStops }), ...aTeam('round_robin', 'ana') });
});
afterAll(() => builder.database.drop());
beforeEach(async () => {
  await rows(`truncate cases, told_overdue, comment, attachment, interaction, case_event, thread_key, contact, contact_identity, outbox, quarantine,
    case_search, search_queue, repeated_content, unused_content,
    consumer_partition`);
});

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await builder.database.pool.query<Row>(text, values)).rows;
}

async function outcomes(): Promise<Record<string, number>> {
  const found = await rows<{ outcome: string; count: number }>(
    'select outcome, count(*)::int as count from interaction group by outcome',
  );
  return Object.fromEntries(found.map(({ outcome, count }) => [outcome, count]));
}

/** What the relay would publish to a topic of those that no row holds. */
async function waitingRecords(topic: string): Promise<OutboxRecord[]> {
  const found = await rows<{ records: Buffer }>('select records from outbox where records is not null order by id');
  return found.flatMap(({ records }) => decodeRecords(records)).filter((record) => record.topic === topic);
}

const say = (id: string, change: 'released' | 'rejected', more: Parameters<typeof sayWord>[3] = {}) =>
  sayWord(builder.dependencies.ledger, id, change, more);

const mails = (count: number, more: (index: number) => Partial<Interaction> = () => ({})) =>
  Array.from({ length: count }, (_, index) => anInteraction(more(index)));
const spoof = () => aMail({ messageId: '<spoof@x>', from: 'ana@acme.example' }, FAILED);

describe('a spoofed agent', () => {
  it('waits: no case, no contact, no name, and the topic is told', async () => {
    await builder.handle([spoof()]);
    expect(await outcomes()).toEqual({ suspended: 1 });
    expect(await rows('select id from cases union all select id from contact')).toEqual([]);
    expect(await rows('select value from thread_key')).toEqual([]);
    expect(await rows('select reason, state from quarantine')).toEqual([
      { reason: 'spoofed_sender', state: 'waiting' },
    ]);
    const [told, ...more] = await waitingRecords('interactions.decided.v1');
    expect(more).toEqual([]);
    expect(told?.headers['ce_type']).toBe('io.casewright.interaction.suspended.v1');
    expect(JSON.parse(String(told?.value))).toMatchObject({
      outcome: 'suspended',
      case_id: null,
      evidence: { settled: { suspension: 'spoofed_sender' } },
    });
  });

  it('that comes again changes nothing', async () => {
    await builder.handle([spoof()]);
    await builder.handle([spoof(), spoof()], { offset: 1 });
    expect(await outcomes()).toEqual({ suspended: 1 });
    expect(await waitingRecords('interactions.decided.v1')).toHaveLength(1);
  });

  it('goes on once when it is released, in one transaction, whoever asks and however often its record comes', async () => {
    const mail = spoof();
    await builder.handle([mail]);
    const answers = await Promise.all(Array.from({ length: 4 }, () => say(mail.id, 'released')));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await outcomes()).toEqual({ created: 1 });
    expect(await say(mail.id, 'rejected')).toBe(false);
    await builder.handle([mail, mail], { offset: 1 });
    expect(await outcomes()).toEqual({ created: 1 });
    expect(await rows('select revision from interaction')).toEqual([{ revision: 2 }]);
    expect(await rows('select interaction_count from cases')).toEqual([{ interaction_count: 1 }]);
    expect(await rows('select seq from case_event')).toHaveLength(1);
    expect(await rows('select value from thread_key')).toEqual([{ value: '<spoof@x>' }]);
    expect(await rows('select state, settled_by from quarantine')).toEqual([
      { state: 'released', settled_by: 'a person' },
    ]);
    const told = (await outboxRecords(builder.database.pool, DECIDED_TOPIC)).map(({ headers }) => headers['ce_type']);
    expect(told.sort()).toEqual([
      'io.casewright.interaction.applied.v1',
      'io.casewright.interaction.released.v1',
      'io.casewright.interaction.suspended.v1',
    ]);
    expect(await waitingRecords('interactions.email.v1')).toEqual([]);
  });

  it('leads those who answered it in the meantime to its case', async () => {
    const mail = spoof();
    await builder.handle([mail]);
    await builder.handle([aMail({ messageId: '<answer@x>', from: 'carol@example.org', inReplyTo: '<spoof@x>' })]);
    await say(mail.id, 'released');
    expect(await rows('select id from cases where merged_into_id is null')).toHaveLength(1);
  });

  it('is settled once by the timer when an earlier version had only marked it', async () => {
    // Without a name and without a new contact nothing else stands between the two.
    const mail = { ...spoof(), threadKeys: [] };
    await builder.handle([mail]);
    await rows(`update quarantine set state = 'released', settled_at = now(), settled_by = 'a person'`);
    await rows(`update interaction set outcome = 'released'`);
    const { signal } = new AbortController();
    await Promise.all([1, 2, 3, 4].map(() => settleReleased(builder.dependencies.ledger, signal)));
    expect(await settleReleased(builder.dependencies.ledger, signal)).toBe(0);
    expect(await outcomes()).toEqual({ created: 1 });
    expect(await rows('select id from cases')).toHaveLength(1);
  });

  it('is put aside for good when it is rejected', async () => {
    const mail = spoof();
    await builder.handle([mail]);
    expect(await say(mail.id, 'rejected', { note: 'phishing' })).toBe(true);
    expect(await say(mail.id, 'released')).toBe(false);
    await builder.handle([mail], { offset: 1 });
    expect(await outcomes()).toEqual({ rejected: 1 });
    expect(await rows('select note from quarantine')).toEqual([{ note: 'phishing' }]);
    expect(await say(mail.id, 'released', { accountId: 'b9c4e6de-2d5e-5d0c-8f4b-4a8a6c1f9f11' })).toBe(false);
  });
});

describe('the surplus of a sender', () => {
  it.each([
    ['in one batch', (all: Interaction[]) => [all]],
    ['in many', (all: Interaction[]) => all.map((one) => [one])],
  ])('waits: %s', async (_, batches) => {
    let offset = 0;
    for (const batch of batches(mails(8))) {
      await builder.handle(batch, { offset });
      offset += batch.length;
    }
    expect(await outcomes()).toEqual({ created: 3, suspended: 5 });
    expect(await rows('select distinct reason from quarantine')).toEqual([{ reason: 'too_many_cases' }]);
  });

  it('is counted for each sender, and by the hour in which it arrived', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
    const people = ['carol@example.org', 'dan@example.org'];
    const arrivals = mails(12, (index) => ({
      receivedAt: '2026-03-03T00:00:00.000Z',
      arrivedAt: at(index < 6 ? 6 : 9),
      sender: { kind: 'email', value: people[index % 2] ?? '' },
    }));
    await builder.handle(arrivals);
    expect(await outcomes()).toEqual({ created: 12 });
  });

  it('in one case waits, and the case goes on for others', async () => {
    const reply = (index: number, from: string) =>
      aMail({ messageId: `<r${index}@x>`, from, inReplyTo: '<root@x>' }, { receivedAt: '2026-03-02T09:10:00.000Z' });
    const root = aMail({ messageId: '<root@x>', from: 'carol@example.org', cc: ['dan@example.org'] });
    await builder.handle([root, ...[1, 2, 3, 4, 5].map((index) => reply(index, 'carol@example.org'))]);
    await builder.handle([reply(6, 'carol@example.org'), reply(7, 'dan@example.org')], { offset: 6 });
    expect(await outcomes()).toEqual({ created: 1, attached: 4, suspended: 3 });
    expect(await rows('select distinct reason from quarantine')).toEqual([{ reason: 'too_many_in_case' }]);
    expect(await rows('select interaction_count from cases')).toEqual([{ interaction_count: 5 }]);
  });

  it('of automatic messages is counted by the day; reports that find their case are let through', async () => {
    const automatic = (kind: 'auto_reply' | 'bounce_hard'): Partial<Interaction> => {
      return { handling: 'attach_only', automatic: { class: kind, signals: [] } };
    };
    await builder.handle(mails(3, () => ({ ...automatic('auto_reply'), receivedAt: '2026-03-02T09:00:00.000Z' })));
    await builder.handle(
      mails(2, () => ({ ...automatic('auto_reply'), receivedAt: '2026-03-02T19:00:00.000Z' })),
      { offset: 3 },
    );
    expect(await outcomes()).toEqual({ 'recorded:automatic': 2, suspended: 3 });
    const bounce = (index: number) =>
      aMail(
        { messageId: `<b${index}@x>`, from: 'daemon@example.org', inReplyTo: '<root@x>' },
        automatic('bounce_hard'),
      );
    await builder.handle([aMail({ messageId: '<root@x>' }), ...[1, 2, 3, 4].map(bounce)], { offset: 5 });
    expect(await outcomes()).toMatchObject({ automatic: 4, created: 1 });
  });

  it('lets a proven agent bring ten times as much', async () => {
    const proven = { trust: { verdict: 'pass', reason: 'DMARC' } } as const;
    await builder.handle(mails(31, () => ({ ...proven, sender: { kind: 'email', value: 'ana@acme.example' } })));
    expect(await outcomes()).toEqual({ created: 30, suspended: 1 });
  });

  it('is not held back again after its release', async () => {
    const all = mails(5);
    await builder.handle(all);
    expect(await say(all[4]?.id ?? '', 'released')).toBe(true);
    expect(await outcomes()).toEqual({ created: 4, suspended: 1 });
  });
});
