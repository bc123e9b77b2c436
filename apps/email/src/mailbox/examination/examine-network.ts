import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { readFile } from 'node:fs/promises';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { errorCode, errorMessage, type ImapConfiguration } from '#libs/runtime';
import { broken, doubtful, fine, type Finding } from './finding.js';

const PATIENCE_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_BEFORE_DAYS = 14;

/** The way to the server: its address, its port, its TLS. Ends with the first that failed. */
export async function examineNetwork(imap: ImapConfiguration, now: Date): Promise<Finding[]> {
  const { host, port, tls } = imap;
  const addresses = await lookup(host, { all: true }).catch((error: unknown) => errorCode(error));
  if (typeof addresses === 'string') {
    return [
      broken('address', `${host} has no address (${addresses}): check host, and the name server of this machine`),
    ];
  }
  const named = fine('address', `${host} is ${addresses.map(({ address }) => address).join(', ')}`);
  const socket = await openTcp(host, port).catch((error: unknown) => String(errorCode(error) || 'no answer in time'));
  if (typeof socket === 'string') {
    const advice = `check host and port, and whether a firewall lets connections to port ${port} out`;
    return [named, broken('connection', `${host}:${port} does not answer (${socket}): ${advice}`)];
  }
  const reached = fine('connection', `${host}:${port} answers`);
  try {
    return [named, reached, tls === 'none' ? inClear() : await examineTls(imap, socket, now)];
  } finally {
    socket.destroy();
  }
}

function inClear(): Finding {
  return doubtful('tls', 'none, as the configuration says: the login and all mails can be read on the way');
}

function openTcp(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: PATIENCE_MS });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
    socket.once('timeout', () => {
      socket.destroy();
      reject(new Error('no answer in time'));
    });
  });
}

async function examineTls(imap: ImapConfiguration, socket: Socket, now: Date): Promise<Finding> {
  const ca = imap.caFile === null ? undefined : await readFile(imap.caFile).catch(() => null);
  if (ca === null) {
    return broken('tls', `caFile ${imap.caFile} cannot be read: check the path and its permissions`);
  }
  try {
    if (imap.tls === 'starttls' && !(await startTls(socket))) {
      const advice = 'port 993 with `tls: implicit` is the usual place; `tls: none` would send the login in clear';
      return broken('tls', `the server does not offer STARTTLS on port ${imap.port}: ${advice}`);
    }
    return judge(await secure(imap.host, socket, ca), imap, now);
  } catch (error) {
    const reason = errorCode(error) || errorMessage(error);
    return broken('tls', `the connection cannot be protected (${reason}): check port and tls`);
  }
}

/** RFC 9051 §6.2.1. False when the server refuses. Rejects when it closes the connection. */
async function startTls(socket: Socket): Promise<boolean> {
  const lines = createInterface({ input: socket });
  const iterator = lines[Symbol.asyncIterator]();
  await iterator.next();
  socket.write('a STARTTLS\r\n');
  for (;;) {
    const { value, done } = (await iterator.next()) as { readonly value?: string; readonly done?: boolean };
    if (done === true || value === undefined) {
      throw new Error('the server closed the connection');
    }
    if (value.startsWith('a ')) {
      lines.close();
      return /^a OK/i.test(value);
    }
  }
}

function secure(host: string, socket: Socket, ca: Buffer | undefined): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // A certificate that nobody vouches for is looked at all the same, to say what is wrong with it.
    const secured = connectTls({ socket, host, servername: host, rejectUnauthorized: false, ...(ca ? { ca } : {}) });
    secured.once('secureConnect', () => resolve(secured));
    secured.once('error', reject);
    socket.setTimeout(PATIENCE_MS, () => reject(new Error('no answer in time')));
  });
}

function judge(secured: TLSSocket, { caFile }: ImapConfiguration, now: Date): Finding {
  const certificate = secured.getPeerCertificate();
  const expiresAt = new Date(certificate.valid_to);
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / DAY_MS);
  const what = `${secured.getProtocol() ?? 'TLS'}, certificate of ${nameOf(certificate)}, valid until ${day(expiresAt)}`;
  if (!secured.authorized) {
    const advice = caFile === null ? 'a private authority needs caFile' : 'check caFile and that host is its name';
    return broken('tls', `${what}, is not trusted (${String(secured.authorizationError)}): ${advice}`);
  }
  return days < WARN_BEFORE_DAYS ? doubtful('tls', `${what}: it ends in ${days} days`) : fine('tls', what);
}

function nameOf({ subject, subjectaltname }: PeerCertificate): string {
  return String(subject?.CN ?? subjectaltname ?? 'an unnamed server');
}

function day(moment: Date): string {
  return Number.isNaN(moment.getTime()) ? 'an unknown day' : moment.toISOString().slice(0, 10);
}
