import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNEL_KIT_MIGRATIONS, postgresSentSounds } from '#libs/channel-kit';
import type { CallFact, VoicemailFact } from '#libs/interaction';
import { migrate } from '#libs/postgres';
import { ACCOUNT_ID, testDatabase, type TestDatabase } from '#libs/testing';
import { telephonyFile } from '../../webhooks/acme-telephony.js';
import { generic, signatureOf } from '../../webhooks/senders.js';
import { serveWebhooks, type WebhookServer } from '../../webhooks/serve-webhooks.js';
import { toyLog } from '../../webhooks/toy-log.js';

const WAV = Buffer.concat([Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00', 'latin1'), Buffer.alloc(64, 7)]);
const ANNOUNCED = {
  id: 'e6',
  type: 'call.recording',
  occurred_at: '2026-03-02T10:21:55Z',
  call_id: 'c-77',
  leg_id: 'l-1',
  recording: { id: 'r-1', status: 'available' },
};

const log = toyLog();
let database: TestDatabase;
let server: WebhookServer;
beforeAll(async () => {
  database = await testDatabase();
  await migrate(database.pool, CHANNEL_KIT_MIGRATIONS);
  const limited = telephonyFile().replace(
    'key: pbx, secret: whsec',
    'key: pbx, maxRecordingMegabytes: 1, secret: whsec',
  );
  server = await serveWebhooks(log, { file: limited, sentSounds: postgresSentSounds(database.pool, ACCOUNT_ID) });
});
beforeEach(async () => {
  await database.pool.query('truncate sent_sound, awaited_sound');
  log.records.length = 0;
  server.deliveries.length = 0;
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
});

interface Put {
  readonly bytes?: Buffer;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const put = (recording: string, { bytes = WAV, path = 'generic/pbx', headers = {} }: Put = {}): Promise<Response> =>
  fetch(`${server.url}/webhooks/${path}/recordings/${encodeURIComponent(recording)}`, {
    method: 'PUT',
    headers: { 'content-type': 'audio/wav', ...signatureOf('msg-1', bytes), ...headers },
    body: bytes,
  });
const facts = (): (CallFact | VoicemailFact)[] =>
  log.records.map(({ value }) => JSON.parse(String(value)) as CallFact | VoicemailFact);
const available = () => facts().filter(({ recording }) => recording?.status === 'available');

describe('the sound of a recording that its telephone system sends', () => {
  it('is told to the call that spoke of it before, once however often it comes', async () => {
    expect((await server.post(generic(ANNOUNCED))).status).toBe(202);
    expect(facts()).toMatchObject([{ recording: { status: 'pending' } }]);
    const first = await put('r-1');
    expect([first.status, await first.json()]).toEqual([
      201,
      expect.objectContaining({ recording_id: 'r-1', size: WAV.length }),
    ]);
    expect((await put('r-1')).status).toBe(200);
    const told = available();
    expect(told).toMatchObject([
      { callId: 'c-77', legId: 'l-1', recording: { id: 'r-1', content: { size: WAV.length, mediaType: 'audio/wav' } } },
      {},
    ]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(server.deliveries).toMatchObject([
      { answer: 202 },
      { answer: 201, verdict: 'verified', path: '/webhooks/generic/pbx/recordings', bytes: WAV.length, body: null },
      { answer: 200 },
    ]);
  });

  it('that comes first waits for the event, and the fact is the same one', async () => {
    expect((await put('r-1')).status).toBe(201);
    expect(facts()).toEqual([]);
    await server.post(generic(ANNOUNCED));
    const [early] = available();
    await server.post(generic(ANNOUNCED));
    expect(available().map(({ id }) => id)).toEqual([early?.id, early?.id]);
    expect(early).toMatchObject({ callId: 'c-77', recording: { status: 'available' } });
  });

  it('of a voicemail is the voicemail’s', async () => {
    const left = { ...ANNOUNCED, id: 'v1', type: 'voicemail.left', voicemail: { id: 'vm-9' }, leg_id: undefined };
    await server.post(generic(left));
    await put('r-1');
    expect(available()).toMatchObject([{ channel: 'voicemail', voicemailId: 'vm-9', callId: 'c-77' }]);
  });

  it('meets its event whichever comes first', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `r-${index}`);
    await Promise.all(
      names.map(async (id) => {
        const event = generic({ ...ANNOUNCED, id: `e-${id}`, recording: { id, status: 'available' } });
        const sent = async (): Promise<void> => {
          while ((await put(id)).status === 503) {
            // Two at a time.
          }
        };
        await Promise.all([server.post(event), sent()]);
      }),
    );
    expect(new Set(available().map(({ recording }) => recording?.id)).size).toBe(20);
  });

  // As `sound-type.ts` tells them: of what is sent no more and no less is a sound than of what is fetched.
  it.each([
    ['audio/mp4', 'audio/mpeg', Buffer.from('\0\0\0\x20ftypM4A \0\0\0\0isom', 'latin1')],
    ['audio/mp4', 'audio/x-m4a', Buffer.from('\0\0\0\x20ftypisom\0\0\0\0isom', 'latin1')],
    ['audio/webm', 'audio/webm;codecs=opus', Buffer.from('\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f', 'latin1')],
    ['audio/ogg', 'audio/opus', Buffer.from('OggS\0\x02', 'latin1')],
    ['audio/basic', 'audio/basic', Buffer.from('.snd\0\0\0\x18', 'latin1')],
    [null, 'audio/aac', Buffer.from('\xff\xf1\x50\x80\x02\x1f\xfc', 'latin1')],
  ])('is %s by its first bytes, sent as %s', async (mediaType, sentAs, beginning) => {
    await server.post(generic(ANNOUNCED));
    const { status } = await put('r-1', {
      bytes: Buffer.concat([beginning, Buffer.alloc(64)]),
      headers: { 'content-type': sentAs },
    });
    expect(status).toBe(mediaType === null ? 400 : 201);
    expect(available().map(({ recording }) => recording?.mediaType)).toEqual(mediaType === null ? [] : [mediaType]);
  });

  it.each([
    ['without a signature', 401, { headers: { 'webhook-signature': '' } }],
    ['with the signature of other bytes', 403, { headers: signatureOf('msg-1', 'other') }],
    ['that is no sound', 400, { bytes: Buffer.from('<html>Not found</html>') }],
    ['that is longer than allowed', 413, { bytes: Buffer.concat([WAV, Buffer.alloc(1024 * 1024)]) }],
    ['of another type', 415, { headers: { 'content-type': 'text/html' } }],
    ['of a system that sends none', 404, { path: 'twilio/main' }],
    ['of an unknown connection', 404, { path: 'generic/other' }],
  ] satisfies (readonly [string, number, Put])[])('%s is refused: %d', async (_, status, options) => {
    await server.post(generic(ANNOUNCED));
    const response = await put('r-1', options);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(available()).toEqual([]);
  });

  it('is put, not posted', async () => {
    const response = await fetch(`${server.url}/webhooks/generic/pbx/recordings/r-1`, { method: 'POST', body: 'x' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'PUT']);
  });
});
