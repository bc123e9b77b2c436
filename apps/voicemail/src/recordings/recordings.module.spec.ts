import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdapterInfrastructureModule, checkConnections, RECORDING_JOBS, type RecordingJobs } from '#libs/channel-kit';
import { parseVoicemailFact, type VoicemailFact } from '#libs/interaction';
import { EVENT_LOG, type EventLog } from '#libs/messaging';
import { bootApplication, loadConfiguration, type RunningApplication } from '#libs/runtime';
import { aVoicemailFact, testDatabase, type TestDatabase } from '#libs/testing';
import { aWav, startSoundServer, type SoundServer } from '../testing/sound-server.js';
import { VoicemailModule } from '../voicemail.module.js';
import { recordingConnections } from './recording-connections.js';

const CONFIGURATION = `
telephony:
  - { provider: zammad, key: pbx, secret: a-secret-of-the-pbx, group: Support, recordingHosts: [localhost], maxRecordingMegabytes: 1 }
  - provider: twilio
    key: main
    publicUrl: https://hooks.acme.example
    authToken: a-token-of-the-account
    accountSid: AC0123456789abcdef0123456789abcdef
    group: Support
    transcripts: own
  - provider: talkdesk
    key: main
    secret: a-secret-of-talkdesk
    api: { clientId: client, clientSecret: a-secret-of-the-client, account: acme, region: eu }
transcription: { url: 'http://127.0.0.1:8000/v1', model: whisper-1 }
`;

let directory: string;
let database: TestDatabase;
let running: RunningApplication;
let provider: SoundServer;
const environment = () => ({
  CASEWRIGHT_CONFIG: join(directory, 'casewright.yml'),
  DATABASE_URL: database.connectionString,
  DATA_DIR: directory,
  PORT: '0',
  LOG_LEVEL: 'silent',
});

class TestApplication {}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casewright-recordings-'));
  database = await testDatabase({ template: 'empty' });
  await writeFile(join(directory, 'casewright.yml'), CONFIGURATION);
  const configuration = loadConfiguration(environment(), checkConnections);
  const imports = [AdapterInfrastructureModule.forRoot(configuration), VoicemailModule];
  running = await bootApplication({ name: 'voicemail', module: { module: TestApplication, imports }, configuration });
  provider = await startSoundServer((request, response) => {
    const size = request.url === '/long' ? 1_100_000 : 4_000;
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(aWav(size));
  });
});
afterAll(async () => {
  await running?.close();
  await provider?.close();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

const announced = (voicemailId: string): VoicemailFact => {
  const recording = { id: 'r-1', status: 'pending' as const };
  return aVoicemailFact('left', 0, { voicemailId, recording, origin: { connection: 'zammad/pbx' } });
};

async function toldFacts(count: number): Promise<VoicemailFact[]> {
  const log = running.app.get<EventLog>(EVENT_LOG);
  for (;;) {
    const facts: VoicemailFact[] = [];
    for await (const { value } of log.read('interactions.voicemail.v1', { from: 'beginning', follow: false })) {
      const parsed = parseVoicemailFact(value);
      facts.push(...(parsed.ok ? [parsed.fact] : []));
    }
    if (facts.length >= count) {
      return facts;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the app', () => {
  it('fetches what was noted, within its limits, and tells it on the topic of its kind', async () => {
    const jobs = running.app.get<RecordingJobs>(RECORDING_JOBS);
    await jobs.add([
      { fact: announced('vm-1'), address: provider.at('localhost', '/1') },
      { fact: announced('vm-2'), address: provider.at('localhost', '/long') },
      { fact: announced('vm-3'), address: provider.at('127.0.0.1', '/1') },
    ]);
    const facts = await toldFacts(3);
    const ends = facts.map(({ voicemailId, recording }) => [voicemailId, recording?.failure ?? recording?.status]);
    expect(ends.sort()).toEqual([
      ['vm-1', 'available'],
      ['vm-2', 'too_large'],
      ['vm-3', 'host_not_allowed'],
    ]);
    expect(await fetch(`${running.url}/metrics`).then((answer) => answer.text())).toMatch(
      /casewright_recording_jobs 0/,
    );
    expect(await fetch(`${running.url}/readyz`).then((answer) => answer.json())).toEqual({
      status: 'ready',
      warnings: [{ name: 'recordings', reason: expect.stringContaining('add 127.0.0.1 to its recordingHosts') }],
    });
  });
});

describe('how recordings of a connection are fetched', () => {
  it('follows from its provider and its settings', () => {
    const connections = recordingConnections(loadConfiguration(environment(), checkConnections));
    expect([...connections.values()]).toMatchObject([
      { name: 'zammad/pbx', access: { hosts: [], credentials: null }, namedHosts: ['localhost'], maxBytes: 1_048_576 },
      {
        name: 'twilio/main',
        access: {
          hosts: ['api.twilio.com'],
          credentials: {
            kind: 'basic',
            user: 'AC0123456789abcdef0123456789abcdef',
            password: 'a-token-of-the-account',
          },
        },
        transcribes: true,
      },
      {
        name: 'talkdesk/main',
        access: {
          hosts: ['api.talkdeskapp.eu'],
          credentials: {
            kind: 'client_credentials',
            tokenUrl: 'https://acme.talkdeskid.eu/oauth/token',
            clientId: 'client',
          },
        },
        maxBytes: 52_428_800,
        transcribes: false,
      },
    ]);
  });
});
