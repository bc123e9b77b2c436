import { createReadStream } from 'node:fs';
import { createTransport } from 'nodemailer';
import { messageOf } from '../context.js';
import { envelopeOf, readHead, type Envelope } from './envelope.js';

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
}

/** What became of one file. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly accepted: string[]; readonly refused: string[]; readonly reply: string }
  | { readonly kind: 'refused'; readonly reply: string }
  /** The file cannot be read, or names nobody to send to. */
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface Sender {
  send(file: string, wishes: { readonly from?: string; readonly to?: readonly string[] }): Promise<Delivery>;
  close(): void;
}

/** Sends mails as they are, one after the other, over one connection. */
export function openSender(server: SmtpServer): Sender {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: false,
    pool: true,
    maxConnections: 1,
    maxMessages: Number.MAX_SAFE_INTEGER,
    maxRequeues: 0,
    connectionTimeout: 10_000,
    // Between mail servers encryption is opportunistic: a certificate of one's own making is better than none.
    tls: { rejectUnauthorized: false },
  });
  const deliver = async (file: string, envelope: Envelope): Promise<Delivery> => {
    try {
      const sent = await transport.sendMail({
        envelope: { from: envelope.from, to: [...envelope.to] },
        raw: createReadStream(file),
      });
      const refused = sent.rejected.map(addressOf);
      return { kind: 'accepted', accepted: sent.accepted.map(addressOf), refused, reply: sent.response };
    } catch (error) {
      return failureOf(error);
    }
  };
  return {
    close: () => transport.close(),
    send: async (file, wishes) => {
      const head = await readHead(file).catch((error: unknown) => error as Error);
      if (typeof head !== 'string') {
        return { kind: 'unusable', reason: messageOf(head) };
      }
      const envelope = envelopeOf(head, wishes);
      return envelope.to.length === 0
        ? { kind: 'unusable', reason: 'its headers name no recipient: say one with --to' }
        : deliver(file, envelope);
    },
  };
}

function addressOf(party: string | { readonly address: string }): string {
  return typeof party === 'string' ? party : party.address;
}

/** A reply of the server is its answer; anything else means that we did not get through to it. */
function failureOf(error: unknown): Delivery {
  const { response } = error as { readonly response?: string };
  return response === undefined
    ? { kind: 'unreachable', reason: messageOf(error) }
    : { kind: 'refused', reply: response };
}
