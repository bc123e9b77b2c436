import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlobStore, openBlobStore } from '#libs/blob-store';
import { createPublisher } from '#libs/channel-kit';
import type { EventLog } from '#libs/messaging';
import { defaultAccountId } from '#libs/runtime';
import { ParsePool } from '../../apps/email/src/parse/parse-pool.js';
import { listenSmtp } from '../../apps/email/src/smtp/receive-smtp.js';
import { bytesOf, type Mail } from '../mails/a-mail.js';
import { openSmtp, type Answer } from '../mails/smtp-client.js';

/** The way in: a real SMTP listener before the log. */
export interface Intake {
  /** Delivers over SMTP, to the given recipients or those of its header; what the server said. */
  deliver(mail: Mail, recipients?: readonly string[]): Promise<Answer>;
  readonly blobs: BlobStore;
  /** Where the blob store keeps its files. */
  readonly folder: string;
  stop(): Promise<void>;
}

export const TOKEN_SECRET = 'a secret of the scenarios';
const silent = { received() {}, parsed() {}, recipientRefused() {}, connectionRefused() {}, connectionEnded() {} };

export async function openIntake(log: EventLog, mailboxes: readonly string[]): Promise<Intake> {
  const folder = await mkdtemp(join(tmpdir(), 'casewright-e2e-'));
  const parser = new ParsePool({ blobAddress: folder, workers: 1, timeLimitMs: 10_000 });
  const blobs = await openBlobStore(folder);
  const listener = await listenSmtp(
    {
      host: '127.0.0.1',
      port: 0,
      hostname: 'mx.acme.example',
      tls: null,
      mailboxes: mailboxes.map((address) => ({ address, trustedAuthservId: 'mx.acme.example' })),
      maxConnections: 20,
      maxConnectionsPerPeer: 20,
      idleTimeoutMs: 10_000,
      closeTimeoutMs: 1000,
    },
    {
      blobs,
      parser,
      publisher: createPublisher(log),
      metrics: silent,
      accountId: defaultAccountId,
      tokenSecret: TOKEN_SECRET,
      maxMessageBytes: 10_000_000,
      logger: { warn: () => undefined },
    },
  );
  return {
    blobs,
    folder,
    async deliver(mail, recipients = [...mail.to, ...mail.cc]) {
      const connection = await openSmtp(listener.port);
      const ours = recipients.filter((address) => address.endsWith('@acme.example'));
      const answer = await connection.send({ from: mail.envelopeFrom ?? mail.from, to: ours, bytes: bytesOf(mail) });
      connection.close();
      return answer;
    },
    async stop() {
      await listener.close();
      await parser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
