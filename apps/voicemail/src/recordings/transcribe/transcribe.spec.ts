import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseVoicemailFact, type VoicemailFact } from '#libs/interaction';
import { aConnection, message, RecordingWorld } from '../../testing/recording-world.js';
import { aWav } from '../../testing/sound-server.js';
import { readTranscript } from './read-transcript.js';

let world: RecordingWorld;
let engine: Server;
let url: string;
let heard: { readonly path: string; readonly authorization?: string; readonly body: Buffer }[];
let answers: ((response: ServerResponse) => void)[];

beforeAll(async () => {
  world = await RecordingWorld.open();
  engine = createServer((request, response) => void listen(request, response));
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(engine.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  engine.closeAllConnections();
  engine.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  [heard, answers] = [
    [],
    [say({ text: ' Bom dia. ', language: 'portuguese', segments: [{ start: 0, end: 1.5, text: 'Bom dia.' }] })],
  ];
});

async function listen(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.concat((await request.toArray()) as Buffer[]);
  heard.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(response);
}
const say = (body: object) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const fail =
  (status: number, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end();

const worker = (transcribes = true) =>
  world.worker({
    connection: aConnection({ transcribes }),
    engine: { url, model: 'whisper-1', apiKey: 'the-key-of-the-engine' },
  });
const texts = () => world.told.flatMap(({ transcript }) => transcript ?? []);

describe('a sound that our own engine writes down', () => {
  it('is sent in OpenAI’s form, and becomes a text with its language and engine, and no confidence', async () => {
    await world.add();
    await worker().takeDue();
    expect(world.told.map(({ recording, transcript }) => recording?.status ?? transcript?.status)).toEqual([
      'available',
      'pending',
    ]);
    expect(await worker().takeDue()).toBe(1);
    const [request] = heard;
    expect([request?.path, request?.authorization]).toEqual([
      '/v1/audio/transcriptions',
      'Bearer the-key-of-the-engine',
    ]);
    const body = request?.body.toString('latin1') ?? '';
    for (const part of [
      'name="model"\r\n\r\nwhisper-1',
      'name="response_format"\r\n\r\nverbose_json',
      'name="file"; filename="sound.wav"',
    ]) {
      expect(body).toContain(part);
    }
    expect(request?.body.includes(aWav())).toBe(true);
    expect(texts().at(-1)).toEqual({
      recordingId: 'r-2',
      status: 'completed',
      text: 'Bom dia.',
      language: 'pt',
      engine: 'whisper-1',
      segments: [{ startMs: 0, endMs: 1500, text: 'Bom dia.' }],
    });
    for (const fact of world.told as VoicemailFact[]) {
      expect(parseVoicemailFact(Buffer.from(JSON.stringify(fact)))).toMatchObject({ ok: true });
    }
    expect(await world.jobs.count()).toBe(0);
  });

  it('is not sent anywhere unless the connection wants it', async () => {
    await world.add();
    await worker(false).takeDue();
    expect([await worker(false).takeDue(), heard, texts()]).toEqual([0, [], []]);
    await world.reset();
    await world.add();
    await world.worker({ connection: aConnection({ transcribes: true }) }).takeDue();
    expect([await world.jobs.count(), texts()]).toEqual([0, []]);
  });

  it('is tried three times, and its voice goes to no other address', async () => {
    answers = [fail(500), fail(302, { location: `${url}/elsewhere` }), fail(401)];
    await world.add();
    await worker().takeDue();
    for (const wait of [[30], [300], []]) {
      await world.makeDue();
      await worker().takeDue();
      expect(await world.waits()).toEqual(wait);
    }
    expect(texts().map(({ status }) => status)).toEqual(['pending', 'failed']);
    expect(heard.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => '/v1/audio/transcriptions'));
    expect(JSON.stringify([world.told, world.logged])).not.toContain('the-key-of-the-engine');
  });

  it('has two at a time at most', async () => {
    answers = [(response) => void setTimeout(() => say({ text: 'Sim.' })(response), 50)];
    const facts = Array.from({ length: 5 }, (_, index) => ({ ...message, voicemailId: `vm-${index}` }));
    for (const fact of facts) {
      await world.add(fact);
    }
    await worker().takeDue();
    await worker().takeDue();
    const claim = await world.jobs.claim({
      ...{ owner: 'counts', leaseMs: 1_000, limit: 16 },
      ...{ tasks: ['transcribe'], perConnection: 4, transcribing: 2 },
    });
    expect(claim.length).toBeLessThanOrEqual(2);
  });
});

describe('what an engine answers', () => {
  it.each([
    ['nothing', ''],
    ['a page', '<html>'],
    ['a list', '[]'],
    ['no text', '{"language":"pt"}'],
    ['a text that cannot be kept', JSON.stringify({ text: 'a\u0000b' })],
  ])('that is %s cannot be read', (_, answer) => {
    expect(readTranscript(answer, 'm')).toBeNull();
  });

  it('may be a code or a name of a language, or one that nobody knows', () => {
    const languageOf = (language: unknown) => readTranscript(JSON.stringify({ text: 'x', language }), 'm')?.language;
    expect(['en', 'German', 'pt-br', 'klingon!', 7, null].map(languageOf)).toEqual([
      'en',
      'de',
      'pt-br',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('may be empty, or longer than a record may be', () => {
    expect(readTranscript('{"text":"  "}', 'm')).toMatchObject({ status: 'completed', text: '' });
    const long = readTranscript(JSON.stringify({ text: '😀'.repeat(40_000) }), 'm')?.text ?? '';
    expect([long.length <= 65_536, /[\ud800-\udbff]$/.test(long)]).toEqual([true, false]);
  });
});
