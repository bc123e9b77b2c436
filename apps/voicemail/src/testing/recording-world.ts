import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobStore, type BlobStore } from '#libs/blob-store';
import {
  postgresRecordingJobs,
  postgresSentSounds,
  type FactPublisher,
  type RecordingJobs,
  type RecordingWork,
} from '#libs/channel-kit';
import type { CallFact, VoicemailFact } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { ACCOUNT_ID, aCallFact, aVoicemailFact, testDatabase, type TestDatabase } from '#libs/testing';
import { Authorizations } from '../recordings/credentials/authorizations.js';
import { createRecordingMetrics } from '../recordings/metrics.js';
import type { RecordingConnection, TranscriptionEngine } from '../recordings/recording-connection.js';
import { RecordingWorker } from '../recordings/recording-worker.js';
import { aCertificate, aWav, startSoundServer, type SoundServer } from './sound-server.js';

export const OWN = 'api.twilio.com';
export const TOKENS = 'acme.talkdeskid.com';
export const API = 'api.talkdeskapp.com';
/** What no record, log line or answer may hold. */
export const ADDRESS_SECRET = 'signature-of-the-address';
export const PASSWORD = 'the-token-of-the-account';

export const message = aVoicemailFact('left', 0, { callId: 'c-78', recording: { id: 'r-2', status: 'pending' } });
export const call = aCallFact('recording', 5, { legId: 'l-1', recording: { id: 'r-1', status: 'pending' } });

export type Answer = (response: ServerResponse) => void;
export const give =
  (body: Buffer): Answer =>
  (response) =>
    void response.writeHead(200).end(body);
export const status =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end();
export const json =
  (body: object, code = 200): Answer =>
  (response) =>
    void response.writeHead(code).end(JSON.stringify(body));

export function aConnection(given: Partial<RecordingConnection> = {}): RecordingConnection {
  const credentials = { kind: 'basic', user: 'AC1', password: PASSWORD } as const;
  return {
    name: 'generic/pbx',
    access: { hosts: [OWN], credentials },
    namedHosts: [OWN, API, TOKENS],
    maxBytes: 1024 * 1024,
    transcribes: false,
    ...given,
  };
}

interface WorkerParts {
  readonly work?: RecordingWork;
  readonly publisher?: FactPublisher;
  readonly connection?: RecordingConnection;
  readonly engine?: TranscriptionEngine;
}

/** A database, a blob store and a provider of sounds, with workers over them. */
export class RecordingWorld {
  told: (CallFact | VoicemailFact)[] = [];
  logged: string[] = [];
  /** What the provider answers with, one after another; the last one stays. */
  answers: Answer[] = [];
  /** Requests that are under way now, and at most. */
  under = { now: 0, most: 0 };
  metrics = new Metrics();

  private constructor(
    readonly database: TestDatabase,
    readonly jobs: RecordingJobs & RecordingWork,
    readonly blobs: BlobStore,
    private readonly folder: string,
    private readonly ca: string,
  ) {}

  server!: SoundServer;

  static async open(): Promise<RecordingWorld> {
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'casewright-recordings-'));
    const certificate = await aCertificate(OWN, TOKENS, API);
    const jobs = postgresRecordingJobs(database.pool, ACCOUNT_ID);
    const world = new RecordingWorld(database, jobs, await openBlobStore(folder), folder, certificate.cert);
    world.server = await startSoundServer((_, response) => world.answer(response), { certificate });
    return world;
  }

  async close(): Promise<void> {
    await Promise.all([this.server.close(), this.database.drop()]);
    await rm(this.folder, { recursive: true });
  }

  async reset(): Promise<void> {
    await this.database.pool.query('truncate recording_job, recording_end, unused_content, sent_sound, awaited_sound');
    this.server.seen.splice(0);
    [this.told, this.logged, this.answers] = [[], [], [give(aWav())]];
    this.under = { now: 0, most: 0 };
    this.metrics = new Metrics();
  }

  worker({ work = this.jobs, publisher, connection = aConnection(), engine }: WorkerParts = {}): RecordingWorker {
    const note = (...args: unknown[]) => void this.logged.push(JSON.stringify(args));
    return new RecordingWorker({
      accountId: ACCOUNT_ID,
      work,
      sentSounds: postgresSentSounds(this.database.pool, ACCOUNT_ID),
      publisher: publisher ?? {
        publish: async (facts) => {
          this.told.push(...facts);
          return { outcome: 'published' };
        },
      },
      tools: {
        blobs: this.blobs,
        connections: new Map([[connection.name, connection]]),
        engine: engine ?? null,
        authorizations: new Authorizations(Date.now),
        resolve: async () => ['127.0.0.1'],
        timeoutMs: 5_000,
        transcribeTimeoutMs: 5_000,
        ca: this.ca,
      },
      metrics: createRecordingMetrics(this.metrics, () => work.count()),
      logger: { info: note, warn: note, error: note },
      pollMs: 20,
    });
  }

  add(fact: CallFact | VoicemailFact = message, host = OWN): Promise<void> {
    return this.jobs.add([{ fact, address: this.server.at(host, `/rec?${ADDRESS_SECRET}`) }]);
  }

  /** As if all waits and leases were over. */
  async makeDue(): Promise<void> {
    await this.database.pool.query('update recording_job set due_at = now(), lease_expires_at = null, owner = null');
  }

  /** Seconds until each job is due. */
  async waits(): Promise<number[]> {
    const { rows } = await this.database.pool.query<{ seconds: number }>(
      'select round(extract(epoch from due_at - clock_timestamp()))::int as seconds from recording_job',
    );
    return rows.map(({ seconds }) => seconds);
  }

  recordings() {
    return this.told.flatMap(({ recording }) => recording ?? []);
  }

  private answer(response: ServerResponse): void {
    this.under.now += 1;
    this.under.most = Math.max(this.under.most, this.under.now);
    response.once('close', () => (this.under.now -= 1));
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    answer?.(response);
  }
}

/** Waits for something that comes by itself. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
