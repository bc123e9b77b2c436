import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCallFact, parseVoicemailFact, type VoicemailFact } from '#libs/interaction';
import { aVoicemailFact } from '#libs/testing';
import {
  aConnection,
  ADDRESS_SECRET,
  API,
  call,
  give,
  json,
  message,
  OWN,
  PASSWORD,
  RecordingWorld,
  status,
  TOKENS,
} from '../testing/recording-world.js';
import { aWav } from '../testing/sound-server.js';
import { recordingHealth } from './recording-health.js';

let world: RecordingWorld;
beforeAll(async () => {
  world = await RecordingWorld.open();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('a recording', () => {
  it('F8 is tried again until it is there, and then the case learns of it', async () => {
    world.answers = [status(404), status(404), give(aWav())];
    await world.add();
    const worker = world.worker();
    for (const wait of [2, 5]) {
      expect(await worker.takeDue()).toBe(1);
      expect(await world.waits()).toEqual([wait]);
      expect(await worker.takeDue()).toBe(0);
      await world.makeDue();
    }
    expect(await worker.takeDue()).toBe(1);
    const [fact] = world.told as [VoicemailFact];
    expect(parseVoicemailFact(Buffer.from(JSON.stringify(fact)))).toMatchObject({ ok: true });
    expect(fact).toMatchObject({
      voicemailId: 'vm-9',
      callId: 'c-78',
      kind: 'recording',
      recording: {
        id: 'r-2',
        status: 'available',
        mediaType: 'audio/wav',
        content: { size: 4_000, mediaType: 'audio/wav' },
      },
    });
    const sound = await world.blobs.get(fact.recording?.content?.sha256 ?? '');
    expect(Buffer.concat(await sound!.toArray())).toEqual(aWav());
    expect(await world.jobs.count()).toBe(0);
  });

  it('of a call is a fact about its leg', async () => {
    await world.add(call);
    await world.worker().takeDue();
    expect(parseCallFact(Buffer.from(JSON.stringify(world.told[0])))).toMatchObject({
      ok: true,
      fact: { callId: 'c-77', legId: 'l-1', recording: { id: 'r-1', status: 'available' } },
    });
  });

  it('F8 that we may not have fails at once, and an operator hears of it', async () => {
    world.answers = [status(401)];
    await world.add();
    await world.worker().takeDue();
    expect(world.recordings()).toEqual([{ id: 'r-2', status: 'failed', failure: 'auth' }]);
    expect([await world.jobs.count(), world.server.seen.length]).toEqual([0, 1]);
    expect(await world.jobs.failures(1)).toMatchObject([
      { connection: 'generic/pbx', failure: 'auth', host: OWN, count: 1 },
    ]);
    expect((await world.metrics.exposition()).text).toContain(
      'casewright_recordings_refused_total{connection="generic/pbx"} 1',
    );
    expect(world.logged.join()).toContain('recording-auth');
  });

  it('F8 that we may not have is a finding of health until one is fetched again', async () => {
    const look = () => recordingHealth(world.jobs)();
    expect(await look()).toEqual({ ok: true, warnings: [] });
    world.answers = [status(401), give(aWav())];
    await world.add();
    await world.worker().takeDue();
    expect(await look()).toEqual({
      ok: true,
      warnings: [expect.stringContaining(`${OWN} does not take our credentials`)],
    });
    await world.add(call);
    await world.worker().takeDue();
    expect(await look()).toEqual({ ok: true, warnings: [] });
  });

  it('costs a probe that comes every second one statement in half a minute', async () => {
    let [now, asked] = [0, 0];
    const failures = async () => {
      asked += 1;
      return [];
    };
    const check = recordingHealth({ failures }, () => now);
    for (; now < 60_000; now += 1_000) {
      await check();
    }
    expect(asked).toBe(2);
  });

  it('that is overtaken while it is fetched leaves its bytes to whoever looks for what nothing refers to', async () => {
    const newer = aVoicemailFact('left', 60, { callId: 'c-78', recording: { id: 'r-2', status: 'pending' } });
    world.answers = [(response) => void world.add(newer).then(() => give(aWav(5_000))(response)), give(aWav())];
    await world.add();
    const worker = world.worker();
    await worker.takeDue();
    expect(world.told).toEqual([]);
    await worker.takeDue();
    expect(world.recordings()).toMatchObject([{ status: 'available', content: { size: 4_000 } }]);
    const { rows } = await world.database.pool.query<{ sha256: string; hours: number }>(
      'select sha256, round(extract(epoch from due_at - now()) / 3600)::int as hours from unused_content',
    );
    expect(rows).toEqual([{ sha256: createHash('sha256').update(aWav(5_000)).digest('hex'), hours: 24 }]);
  });

  it('that is never there fails after fifteen attempts, with a reason', async () => {
    world.answers = [status(404)];
    await world.add();
    const worker = world.worker();
    for (let attempt = 1; attempt <= 15; attempt += 1) {
      expect([attempt, world.told]).toEqual([attempt, []]);
      await world.makeDue();
      await worker.takeDue();
    }
    expect(world.recordings()).toEqual([{ id: 'r-2', status: 'failed', failure: 'not_found' }]);
    expect([await world.jobs.count(), world.server.seen.length]).toEqual([0, 15]);
  });

  it('of a signed address has a last day', async () => {
    world.answers = [status(403)];
    await world.add();
    await world.worker({ connection: aConnection({ access: { hosts: [OWN], credentials: null } }) }).takeDue();
    expect(world.recordings()).toEqual([{ id: 'r-2', status: 'expired' }]);
  });

  it('leaves neither its address nor a credential anywhere', async () => {
    world.answers = [status(500), status(404), give(Buffer.from('<html>'))];
    await world.add();
    const worker = world.worker();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await world.makeDue();
      await worker.takeDue();
    }
    expect(world.recordings()).toMatchObject([{ failure: 'not_audio' }]);
    const { rows } = await world.database.pool.query('select to_jsonb(e) from recording_end e');
    const everything = JSON.stringify([world.told, world.logged, rows, (await world.metrics.exposition()).text]);
    for (const secret of [ADDRESS_SECRET, PASSWORD, Buffer.from(`AC1:${PASSWORD}`).toString('base64'), '/rec']) {
      expect([secret, everything.includes(secret)]).toEqual([secret, false]);
    }
  });

  it('is fetched with a token, which is kept, and asked for anew when it ended before its time', async () => {
    const credentials = {
      kind: 'client_credentials',
      tokenUrl: world.server.at(TOKENS, '/oauth/token'),
      clientId: 'client',
      clientSecret: 'the-secret-of-the-client',
    } as const;
    const connection = aConnection({ access: { hosts: [API], credentials } });
    world.answers = [
      json({ access_token: 'T1', expires_in: 3600 }),
      give(aWav()),
      status(401),
      json({ access_token: 'T2' }),
      give(aWav()),
    ];
    const worker = world.worker({ connection });
    await world.add(message, API);
    await worker.takeDue();
    await world.add(call, API);
    await worker.takeDue();
    expect(world.recordings()).toMatchObject([{ status: 'available' }, { status: 'available' }]);
    const client = `Basic ${Buffer.from('client:the-secret-of-the-client').toString('base64')}`;
    expect(world.server.seen.map(({ host, authorization }) => [host, authorization])).toEqual([
      [TOKENS, client],
      [API, 'Bearer T1'],
      [API, 'Bearer T1'],
      [TOKENS, client],
      [API, 'Bearer T2'],
    ]);
  });

  it('is not to be had by a client whom the provider does not know', async () => {
    const credentials = {
      kind: 'client_credentials',
      tokenUrl: world.server.at(TOKENS, '/oauth/token'),
      clientId: 'client',
      clientSecret: 'wrong',
    } as const;
    world.answers = [json({ error: 'invalid_client' }, 401)];
    await world.add(message, API);
    await world.worker({ connection: aConnection({ access: { hosts: [API], credentials } }) }).takeDue();
    expect(world.recordings()).toMatchObject([{ failure: 'auth' }]);
    expect(world.server.seen.map(({ host }) => host)).toEqual([TOKENS]);
  });
});
