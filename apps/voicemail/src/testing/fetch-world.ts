import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import { fetchSound, type FetchEnd, type FetchTools, type SoundRequest } from '../recordings/fetch/fetch-sound.js';
import { aCertificate, aWav, startSoundServer, type SeenRequest, type SoundServer } from './sound-server.js';

export const OWN = 'api.twilio.com';
export const OTHER_OWN = 'media.twilio.com';
export const NAMED = 'pbx.acme.local';
export const MEGABYTE = 1024 * 1024;
export const SECRET = 'Basic QUM6c2VjcmV0';
/** For an attempt that is not about time, on a machine that has much else to do. */
const ENOUGH_MS = 20_000;
export const sound = aWav();
export const sha256 = createHash('sha256').update(sound).digest('hex');

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export const redirect =
  (to: string, status = 302): Answer =>
  (_, response) =>
    void response.writeHead(status, { location: to }).end('moved');
export const give =
  (body: Buffer | string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'audio/wav', ...headers }).end(body);
export const status =
  (code: number): Answer =>
  (_, response) =>
    void response.writeHead(code).end('no');
/** For ever, a chunk at a time, as fast as it is taken. */
export const endless =
  (chunk: Buffer, pauseMs: number): Answer =>
  (request, response) => {
    response.writeHead(200, { 'content-type': 'audio/wav' }).write(aWav(64));
    const timer = setInterval(() => response.writableNeedDrain || response.write(chunk), pauseMs);
    request.socket.once('close', () => clearInterval(timer));
  };

type Given = Partial<SoundRequest> & { readonly named?: readonly string[]; readonly timeoutMs?: number };

/** A provider, a stranger, and the machine's own network, under names that lead wherever a test wants. */
export class FetchWorld {
  /** By path. */
  answers: Record<string, Answer> = {};
  /** What names lead to, one answer after another; the last one stays. */
  names: Record<string, string[]> = {};
  asked: string[] = [];
  stored = 0;

  private constructor(
    private readonly certificate: string,
    readonly provider: SoundServer,
    /** Speaks plain HTTP, and is nobody's provider. */
    readonly stranger: SoundServer,
    /** Where a name leads the second time: the machine's own network. */
    readonly inside: SoundServer,
  ) {}

  static async open(): Promise<FetchWorld> {
    const world: { it: FetchWorld | null } = { it: null };
    const answer: Answer = (request, response) =>
      (world.it?.answers[request.url ?? ''] ?? status(404))(request, response);
    const certificate = await aCertificate(OWN, OTHER_OWN, NAMED, 'evil.example');
    const provider = await startSoundServer(answer, { certificate });
    const stranger = await startSoundServer(answer);
    const inside = await startSoundServer(answer, { certificate, address: '127.0.0.2', port: provider.port });
    world.it = new FetchWorld(certificate.cert, provider, stranger, inside);
    return world.it;
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
  }

  reset(): void {
    this.answers = { '/rec': give(sound) };
    this.servers.forEach(({ seen }) => seen.splice(0));
    this.names = { [OWN]: ['127.0.0.1'], [OTHER_OWN]: ['127.0.0.1'], [NAMED]: ['127.0.0.1'] };
    [this.asked, this.stored] = [[], 0];
  }

  /** On this machine the provider's hosts are private, so that a test that fetches from them has to name them, too. */
  fetched(
    address: string,
    { named = [OWN, OTHER_OWN, NAMED], timeoutMs = ENOUGH_MS, ...given }: Given = {},
  ): Promise<FetchEnd> {
    const policy = { ownHosts: [OWN, OTHER_OWN], namedHosts: named };
    const request = { address, policy, authorization: SECRET, maxBytes: 50 * MEGABYTE, ...given };
    return fetchSound(request, this.tools({ timeoutMs }), new AbortController().signal);
  }

  tools(given: Partial<FetchTools> = {}): FetchTools {
    const resolve = (host: string) => this.resolve(host);
    return {
      blobs: { put: (content) => this.put(content) },
      resolve,
      timeoutMs: ENOUGH_MS,
      ca: this.certificate,
      ...given,
    };
  }

  /** Requests that said who we are. */
  credentials(): SeenRequest[] {
    return this.servers.flatMap(({ seen }) => seen.filter(({ authorization }) => authorization !== undefined));
  }

  /** Host and path of every request. */
  reached(): string[] {
    return this.servers.flatMap(({ seen }) => seen.map(({ host, path }) => `${host}${path}`));
  }

  private get servers(): readonly SoundServer[] {
    return [this.provider, this.stranger, this.inside];
  }

  private async resolve(host: string): Promise<string[]> {
    this.asked.push(host);
    const told = this.names[host] ?? [];
    const address = told.length > 1 ? told.shift() : told[0];
    if (address === undefined) {
      throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
    }
    return address.split(' ');
  }

  private async put(content: Parameters<BlobStore['put']>[0]): ReturnType<BlobStore['put']> {
    const whole = Buffer.concat((await (content as Readable).toArray()) as Buffer[]);
    this.stored += 1;
    return { ok: true, sha256: createHash('sha256').update(whole).digest('hex'), size: whole.length };
  }
}
