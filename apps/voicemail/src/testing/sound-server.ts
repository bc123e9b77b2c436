import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A request as it came. */
export interface SeenRequest {
  readonly host: string;
  readonly path: string;
  readonly method: string;
  readonly authorization: string | undefined;
}

/** A server on loopback that plays a provider, or somebody who is none. */
export interface SoundServer {
  readonly port: number;
  readonly seen: SeenRequest[];
  /** Its address under a name that the test's resolver leads to it. */
  at(host: string, path: string): string;
  close(): Promise<void>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A certificate that is good for these names; it is its own authority. */
export async function aCertificate(...names: readonly string[]): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const alternatives = names.map((name) => `DNS:${name}`).join(',');
  const subject = ['-subj', '/CN=casewright-test', '-addext', `subjectAltName=${alternatives}`, '-days', '2'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  await run('openssl', ['req', '-x509', ...curve, '-nodes', ...subject, '-keyout', key, '-out', cert]);
  const files = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  await rm(folder, { recursive: true });
  return files;
}

export async function startSoundServer(
  answer: Answer,
  {
    certificate = null,
    address = '127.0.0.1',
    port = 0,
  }: { certificate?: Certificate | null; address?: string; port?: number } = {},
): Promise<SoundServer> {
  const seen: SeenRequest[] = [];
  const handle: Answer = (request, response) => {
    const { host = '', authorization } = request.headers;
    seen.push({ host: host.split(':')[0] ?? '', path: request.url ?? '', method: request.method ?? '', authorization });
    answer(request, response);
  };
  const server: Server =
    certificate === null ? createHttpServer(handle) : createHttpsServer({ ...certificate }, handle);
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    seen,
    at: (host, path) => `${certificate === null ? 'http' : 'https'}://${host}:${taken}${path}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A sound of so many bytes. */
export function aWav(size = 4_000): Buffer {
  const sound = Buffer.alloc(size);
  sound.write('RIFF', 0, 'latin1');
  sound.write('WAVEfmt ', 8, 'latin1');
  return sound;
}
