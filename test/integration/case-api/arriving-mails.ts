import { ParsePool } from '../../../apps/email/src/parse/parse-pool.js';
import { normalise } from '../../../apps/email/src/normalise/normalise.js';
import { storeAndParse } from '../../../apps/email/src/receive/store-and-parse.js';
import type { Interaction } from '#libs/interaction';
import { bytesOf, type Mail } from '../../mails/a-mail.js';
import { OUR_ACCOUNT } from './identities.js';
import type { World } from './world.js';

/** Mails as the adapter takes them in: stored, read and normalised, up to the record that it would publish. */
export interface ArrivingMails {
  /** `through`: what servers on its way wrote above it. */
  take(mail: Mail, through?: { readonly mailbox?: string; readonly received?: string }): Promise<Interaction>;
  stop(): Promise<void>;
}

export function arrivingMails({ blobs, folder }: Pick<World, 'blobs' | 'folder'>): ArrivingMails {
  const parser = new ParsePool({ blobAddress: folder, workers: 1, timeLimitMs: 10_000 });
  return {
    async take(mail, { mailbox = 'support@acme.example', received = 'mx.acme.example' } = {}) {
      const content = Buffer.concat([Buffer.from(`Received: from ${received}\r\n`), bytesOf(mail)]);
      const [receivedAt, settings] = [new Date(), { accountId: OUR_ACCOUNT, tokenSecret: 'a secret for tests only' }];
      const envelope = { provider: 'smtp', receivedAt, from: mail.from, recipients: [mailbox] } as const;
      const mailboxes = [{ address: mailbox, trustedAuthservId: 'mx.acme.example' }];
      const maxMessageBytes = 10_000_000;
      const stored = await storeAndParse(
        { content, envelope: { ...envelope, mailboxes } },
        { blobs, parser, maxMessageBytes },
      );
      if (stored.outcome !== 'stored') {
        throw new Error(`not taken: ${stored.reason}`);
      }
      const { from: envelopeFrom, recipients: envelopeRecipients, provider } = envelope;
      const delivery = { provider, mailbox, receivedAt, providerThreadId: null, envelopeFrom, envelopeRecipients };
      return normalise(
        stored.payload,
        { ...delivery, raw: stored.raw, verified: null },
        { ...settings, trustedAuthservId: 'mx.acme.example' },
      );
    },
    stop: () => parser.close(),
  };
}
