import type { Readable } from 'node:stream';
import type { SessionFacts } from '../authenticate/verify-sender.js';
import type { Delivery, NormaliseSettings } from '../normalise/normalise.js';

/** A mailbox of ours, normalised. */
export interface Mailbox extends Omit<NormaliseSettings, 'accountId' | 'tokenSecret'> {
  readonly address: string;
  /** DKIM, SPF and DMARC are checked for it. */
  readonly verifySenders?: boolean;
}

/** How a mail got here; which mailboxes it is for. */
export interface MailEnvelope {
  readonly provider: Delivery['provider'];
  readonly receivedAt: Date;
  readonly arrivedAt?: Date;
  /** Of providers that have one; see `Delivery`. */
  readonly providerThreadId?: string | null;
  readonly from: string | null;
  readonly recipients: readonly string[];
  readonly mailboxes: readonly Mailbox[];
  /** The SMTP session; without it SPF is not checked. */
  readonly session?: SessionFacts | null;
}

/** What a source hands over. */
export interface MailInHand {
  /** Whole, or as a stream. */
  readonly content: Buffer | Readable;
  readonly envelope: MailEnvelope;
}

/**
 * Why a mail was not taken. `unavailable`: its source must keep it and try again. `too_large`: it must not come again.
 */
export interface Refusal {
  readonly outcome: 'too_large' | 'unavailable';
  readonly reason: string;
}
