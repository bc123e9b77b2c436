import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { VoicemailFact } from '#libs/interaction';
import { ACCOUNT_ID, aCallFact, aVoicemailFact, testDatabase, type TestDatabase } from '#libs/testing';
import { postgresRecordingJobs, type HeldRecordingJob, type RecordingJobs, type RecordingWork } from '../index.js';

let database: TestDatabase;
let jobs: RecordingJobs & RecordingWork;
beforeAll(async () => {
  database = await testDatabase();
  jobs = postgresRecordingJobs(database.pool, ACCOUNT_ID);
});
afterAll(() => database.drop());
beforeEach(() => database.pool.query('truncate recording_job, recording_end'));

const SECRET = 'https://pbx.acme.example/vm/9.wav?signature=abc';
const content = { sha256: 'a'.repeat(64), size: 9, mediaType: 'audio/wav' };
const available = { task: 'fetch', recording: { status: 'available', content }, host: 'pbx.acme.example' } as const;
const asks = {
  owner: 'one',
  leaseMs: 60_000,
  limit: 16,
  tasks: ['fetch', 'transcribe'],
  perConnection: 4,
  transcribing: 2,
} as const;

const aMessage = (seconds = 0, voicemailId = 'vm-9', connection = 'generic/pbx'): VoicemailFact =>
  aVoicemailFact('left', seconds, {
    voicemailId,
    callId: 'c-78',
    recording: { id: 'r-2', status: 'pending' },
    origin: { connection },
  });
const add = (fact: VoicemailFact, address = SECRET) => jobs.add([{ fact, address }]);
const one = async (owner = 'one'): Promise<HeldRecordingJob> => {
  const [job, ...more] = await jobs.claim({ ...asks, owner });
  expect([job !== undefined, more]).toEqual([true, []]);
  return job as HeldRecordingJob;
};
const makeDue = () => database.pool.query('update recording_job set due_at = now(), lease_expires_at = null');

describe('a job of a recording', () => {
  it('is leased to one of many, with what facts about it repeat', async () => {
    await jobs.add([
      { fact: aMessage(), address: SECRET },
      {
        fact: aCallFact('recording', 9, {
          legId: 'l-1',
          parentCallId: 'c-1',
          recording: { id: 'r-1', status: 'pending' },
        }),
        address: SECRET,
      },
    ]);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => jobs.claim({ ...asks, owner })));
    const held = claims.flat().sort((left, right) => left.channel.localeCompare(right.channel));
    expect(held).toMatchObject([
      {
        channel: 'call',
        subjectId: 'c-77',
        recordingId: 'r-1',
        subject: { legId: 'l-1', parentCallId: 'c-1' },
        attempt: 1,
      },
      { channel: 'voicemail', subjectId: 'vm-9', recordingId: 'r-2', subject: { callId: 'c-78' }, address: SECRET },
    ]);
    expect(await jobs.claim(asks)).toEqual([]);
  });

  it('goes to the next when its lease has run out, and then nobody else can end it', async () => {
    await add(aMessage());
    const first = await one();
    await database.pool.query('update recording_job set lease_expires_at = clock_timestamp()');
    const second = await one('two');
    expect([second.id, second.attempt]).toEqual([first.id, 2]);
    expect(await jobs.saveOutcome(first, available)).toBeNull();
    await jobs.postpone(first, { delayMs: 0, counts: true });
    expect(await jobs.claim(asks)).toEqual([]);
    expect(await jobs.saveOutcome(second, available)).toMatchObject(available);
  });

  it('is tried again later, and an attempt that was not made does not count', async () => {
    await add(aMessage());
    await jobs.postpone(await one(), { delayMs: 60_000, counts: true });
    expect(await jobs.claim(asks)).toEqual([]);
    await makeDue();
    const again = await one();
    expect(again.attempt).toBe(2);
    await jobs.postpone(again, { delayMs: 0, counts: false });
    expect((await one()).attempt).toBe(2);
  });

  it('forgets its address with its outcome, which is there for whoever tells it', async () => {
    await add(aMessage());
    const job = await one();
    const kept = await jobs.saveOutcome(job, available);
    expect(kept?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const { rows } = await database.pool.query('select row_to_json(j)::text as text from recording_job j');
    expect(JSON.stringify(rows)).not.toContain('signature');
    await makeDue();
    expect(await one('two')).toMatchObject({ address: null, outcome: kept, attempt: 1 });
  });

  it('is gone when it was told, and a repetition of what announced it brings none', async () => {
    await add(aMessage());
    const job = await one();
    await add(aMessage());
    expect(await jobs.count()).toBe(1);
    await jobs.saveOutcome(job, available);
    await add(aMessage());
    await jobs.end(job, available, null);
    expect(await jobs.count()).toBe(0);
    await add(aMessage());
    expect(await jobs.count()).toBe(0);
    const { rows } = await database.pool.query('select row_to_json(e)::text as text from recording_end e');
    expect(JSON.stringify(rows)).not.toContain('signature');
  });

  it('is replaced by a newer recording of the same id, and never by an older one', async () => {
    await add(aMessage(5));
    const job = await one();
    await add(aMessage(3), 'https://pbx.acme.example/old.wav');
    expect(await jobs.claim(asks)).toEqual([]);
    await add(aMessage(9), 'https://pbx.acme.example/new.wav');
    expect(await jobs.saveOutcome(job, available)).toBeNull();
    const newer = await one();
    expect([newer.id === job.id, newer.address, newer.attempt]).toEqual([false, 'https://pbx.acme.example/new.wav', 1]);
    await jobs.end(newer, available, null);
    await add(aMessage(5));
    expect(await jobs.count()).toBe(0);
    await add(aMessage(10));
    expect(await jobs.count()).toBe(1);
  });

  it('takes the newest of one batch, and a fresh signature of the same recording', async () => {
    await jobs.add([
      { fact: aMessage(9), address: 'https://pbx.acme.example/new.wav' },
      { fact: aMessage(3), address: 'https://pbx.acme.example/old.wav' },
    ]);
    await jobs.postpone(await one(), { delayMs: 0, counts: true });
    await add(aMessage(9), 'https://pbx.acme.example/new.wav?again');
    expect(await one()).toMatchObject({ address: 'https://pbx.acme.example/new.wav?again', attempt: 2 });
  });

  it('that failed is tried again when it is announced again', async () => {
    await add(aMessage());
    const job = await one();
    const failed = {
      task: 'fetch',
      recording: { status: 'failed', failure: 'auth' },
      host: 'pbx.acme.example',
    } as const;
    await jobs.saveOutcome(job, failed);
    await jobs.end(job, failed, null);
    expect(await jobs.failures(1)).toMatchObject([
      { connection: 'generic/pbx', failure: 'auth', host: 'pbx.acme.example', count: 1 },
    ]);
    await add(aMessage());
    expect((await one()).attempt).toBe(1);
  });

  it('leaves room: four of a connection, two that are written down', async () => {
    await jobs.add(Array.from({ length: 6 }, (_, index) => ({ fact: aMessage(0, `vm-${index}`), address: SECRET })));
    await jobs.add([{ fact: aMessage(0, 'vm-x', 'twilio/main'), address: SECRET }]);
    const held = await jobs.claim(asks);
    expect(held.map(({ connection }) => connection).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'generic/pbx'),
      'twilio/main',
    ]);
    expect(await jobs.claim({ ...asks, owner: 'two' })).toEqual([]);
    for (const job of held) {
      await jobs.saveOutcome(job, available);
      await jobs.end(job, available, content);
    }
    const next = await jobs.claim({ ...asks, owner: 'two' });
    expect(next.map(({ task }) => task).sort()).toEqual(['fetch', 'fetch', 'transcribe', 'transcribe']);
    expect(next.find(({ task }) => task === 'transcribe')).toMatchObject({ sound: content, address: null, attempt: 1 });
    expect(await jobs.claim({ ...asks, tasks: ['fetch'] })).toEqual([]);
  });
});
