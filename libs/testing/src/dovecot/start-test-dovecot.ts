import { execFile, spawn, type ChildProcess as Spawned } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePorts } from '../free-ports.js';
import { PATIENCE_MS, waitUntil } from '../wait-until.js';
import { signAccessToken, type TokenClaims } from './access-token.js';
import { childProcesses } from './child-processes.js';
import { deliverLmtp } from './deliver-lmtp.js';
import { dovecotSettings, dovecotTokenSettings, type DovecotPlace, type DovecotUser } from './dovecot-settings.js';
import { dropMail, forgetUids, readUidValidity, type Owner } from './maildir.js';

export interface TestDovecotOptions {
  /** Accept access tokens too, beside the password. */
  readonly oauth2?: boolean;
  /** Offer TLS with a certificate of its own authority. */
  readonly tls?: boolean;
}

/** A real Dovecot 2.3 that one test file has for itself. Any user name exists; it is the mailbox's address. */
export interface TestDovecot {
  /** Without TLS, or STARTTLS when TLS is asked for. */
  readonly imapPort: number;
  /** TLS from the first byte; nothing listens there unless TLS is asked for. */
  readonly imapsPort: number;
  readonly lmtpPort: number;
  /** Everybody's. */
  readonly password: string;
  /** File of the certificate to trust; null without TLS. */
  readonly caFile: string | null;
  /** Process id of the master. */
  readonly pid: number;
  /** Delivers by LMTP; a session that idles hears of it within half a second. */
  deliver(user: string, bytes: Buffer): Promise<void>;
  /** Puts a mail straight into the maildir: fast, for many mails. */
  drop(user: string, bytes: Buffer): Promise<void>;
  /** The inbox gets a new UIDVALIDITY and new UIDs, and its sessions end, as when a server is moved. */
  resetUidValidity(user: string): Promise<void>;
  /** Sessions that are open now, of one user or of all. */
  imapProcesses(user?: string): number[];
  /** Folder of the user's inbox. */
  maildir(user: string): string;
  /** An access token of the issuer that the server trusts; only with `oauth2`. */
  accessToken(claims: TokenClaims): string;
  /** Sends the signal to the server and to all its processes: SIGKILL, or SIGSTOP and SIGCONT. */
  kill(signal: NodeJS.Signals): void;
  /** Starts it again on the same ports and folders, after a kill. */
  restart(): Promise<void>;
  /** What the server has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

const ISSUER = 'https://issuer.example';
/** Debian puts the server where an ordinary user's path does not lead. */
const PROGRAMS = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'];
const run = promisify(execFile);

/** Path of the server's program; null when this machine has none. */
export function dovecotProgram(): string | null {
  return PROGRAMS.find((path) => existsSync(path)) ?? null;
}

/** Starts a server in a temporary folder. Rejects when there is no Dovecot 2.3 or it does not start. */
export async function startTestDovecot({ oauth2 = false, tls = false }: TestDovecotOptions = {}): Promise<TestDovecot> {
  const program = dovecotProgram();
  if (program === null) {
    throw new Error('there is no Dovecot on this machine (Debian: dovecot-imapd dovecot-lmtpd)');
  }
  const place = await preparePlace();
  const { folder } = place;
  const { user, owner } = serverUser();
  const secret = randomBytes(32);
  const settings = dovecotSettings(place, { oauth2: oauth2 ? { issuer: ISSUER } : null, tls }, user);
  await writeFile(join(folder, 'dovecot.conf'), settings);
  await (oauth2 ? writeTokenKeys(folder, secret) : Promise.resolve());
  await (tls ? writeCertificate(folder) : Promise.resolve());
  let server = await startServer(program, place);
  const maildir = (name: string) => join(folder, 'mail', name.toLowerCase());
  const pid = () => server.pid as number;
  return {
    ...place,
    caFile: tls ? join(folder, 'tls', 'certificate.pem') : null,
    get pid() {
      return pid();
    },
    maildir,
    deliver: (name, bytes) => deliverLmtp(place.lmtpPort, name, bytes),
    drop: (name, bytes) => dropMail(maildir(name), bytes, owner),
    resetUidValidity: (name) => renumber(() => sessions(pid(), name), maildir(name), owner),
    imapProcesses: (name) => sessions(pid(), name),
    accessToken: (claims) => signAccessToken(claims, ISSUER, secret),
    kill: (signal) => signalAll(pid(), signal),
    async restart() {
      await stopServer(server);
      server = await startServer(program, place);
    },
    log: () => readFile(join(folder, 'dovecot.log'), 'utf8'),
    async stop() {
      await stopServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function preparePlace(): Promise<DovecotPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-dovecot-'));
  await chmod(folder, 0o755);
  for (const name of ['mail', 'home']) {
    await mkdir(join(folder, name));
    await chmod(join(folder, name), 0o777);
  }
  const [imapPort = 0, imapsPort = 0, lmtpPort = 0] = await freePorts(3);
  return { folder, imapPort, imapsPort, lmtpPort, password: randomBytes(12).toString('hex') };
}

/** Root gives the mails to `nobody`; the server can run as an ordinary user too, then everything is that user's. */
function serverUser(): { user: DovecotUser; owner: Owner } {
  const { uid, gid, username } = userInfo();
  if (uid === 0) {
    const owner = { uid: 65_534, gid: 65_534 };
    return { user: { name: 'nobody', group: 'nogroup', ...owner }, owner };
  }
  return { user: { name: username, group: username, uid, gid }, owner: null };
}

async function writeTokenKeys(folder: string, secret: Buffer): Promise<void> {
  const keys = join(folder, 'keys', 'default', 'HS256');
  await mkdir(keys, { recursive: true });
  await writeFile(join(keys, 'k1'), secret.toString('base64'));
  await writeFile(join(folder, 'oauth2.conf.ext'), dovecotTokenSettings(folder, ISSUER));
}

async function writeCertificate(folder: string): Promise<void> {
  const tls = join(folder, 'tls');
  await mkdir(tls);
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const subject = ['-subj', '/CN=localhost', '-addext', names, '-days', '30'];
  const files = ['-keyout', join(tls, 'key.pem'), '-out', join(tls, 'certificate.pem')];
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files]);
}

async function startServer(program: string, place: DovecotPlace): Promise<Spawned> {
  const foreground = [program, '-F', '-c', join(place.folder, 'dovecot.conf')];
  // A test process that is killed takes its server along, where the system can do that.
  const [command = '', ...rest] = existsSync('/usr/bin/setpriv')
    ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM', ...foreground]
    : foreground;
  const server = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  server.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const deadline = Date.now() + PATIENCE_MS;
  while (!((await answers(place.imapPort)) && (await answers(place.lmtpPort)))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      server.kill('SIGKILL');
      const log = await readFile(join(place.folder, 'dovecot.log'), 'utf8').catch(() => '');
      throw new Error(`Dovecot did not start: ${complaint}${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return server;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function stopServer(server: Spawned): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    // The master waits seconds for open sessions; nobody wants to wait for them here.
    signalAll(server.pid as number, 'SIGKILL');
    await once(server, 'exit');
  }
}

function signalAll(master: number, signal: NodeJS.Signals): void {
  signalEach([master, ...childProcesses(master).map(({ pid }) => pid)], signal);
}

function signalEach(processes: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * A session that lives on can write back the index that it knows, even while it is thrown out. So the sessions are frozen, killed after the
 * change, and it is made again when one that came meanwhile has undone it.
 */
async function renumber(openSessions: () => number[], maildir: string, owner: Owner): Promise<void> {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    signalEach(openSessions(), 'SIGSTOP');
    const uidValidity = await forgetUids(maildir, owner);
    const ending = openSessions();
    signalEach(ending, 'SIGKILL');
    const haveEnded = () => !openSessions().some((session) => ending.includes(session));
    await waitUntil(haveEnded, PATIENCE_MS, () => 'a killed session does not end', 5);
    if ((await readUidValidity(maildir)) === uidValidity) {
      return;
    }
  }
  throw new Error(`the server puts the old UIDVALIDITY back into ${maildir}`);
}

function sessions(master: number, user: string | undefined): number[] {
  const open = childProcesses(master).filter(({ name }) => name === 'imap');
  const wanted = user === undefined ? open : open.filter(({ title }) => title.includes(`[${user.toLowerCase()} `));
  return wanted.map(({ pid }) => pid);
}
