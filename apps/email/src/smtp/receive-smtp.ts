import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import smtpServer, { type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Logger } from '#libs/runtime';
import type { Mailbox, Refusal } from '../receive/mail-in-hand.js';
import { receiveMail, type ReceiveDependencies } from '../receive/receive-mail.js';
import { mailboxOf } from '../rules/mail-address.js';
import { countOfPeer, type Admission } from './peers.js';
import { DEADLINES, endSlowPeers, type Deadlines } from './slow-peers.js';
import { countWrongRecipients, type WrongRecipients } from './wrong-recipients.js';

export interface SmtpSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How we greet. */
  readonly hostname: string;
  /** PEM; null offers no STARTTLS. */
  readonly tls: { readonly certificate: Buffer; readonly key: Buffer } | null;
  readonly mailboxes: readonly Mailbox[];
  /** Who may connect; everybody without it. What the headers say is worth as much as those who can deliver. */
  readonly admits?: Admission;
  /** Who may name any number of wrong recipients: servers that pass on what others send. Nobody without it. */
  readonly trusts?: Admission;
  readonly maxConnections: number;
  /** Of one IPv4 address or one /64 of IPv6. */
  readonly maxConnectionsPerPeer: number;
  /** Milliseconds without a byte after which a connection is closed. */
  readonly idleTimeoutMs: number;
  /** How long a client may take that is not idle; `DEADLINES` without it. */
  readonly deadlines?: Deadlines;
  /** Milliseconds by which each further wrong recipient is slowed; a second without it. */
  readonly wrongRecipientDelayMs?: number;
  /** Milliseconds that mails in transfer get at the stop. */
  readonly closeTimeoutMs: number;
}

export interface SmtpDependencies extends ReceiveDependencies {
  readonly logger: Pick<Logger, 'warn'>;
}

/** The listener that mailboxes forward to. */
export interface SmtpListener {
  readonly port: number;
  /** Takes no more mail (421), lets those in transfer come to their end, then closes every connection. */
  close(): Promise<void>;
}

type Server = InstanceType<typeof smtpServer.SMTPServer>;

const MOST_RECIPIENTS = 100;
const LONGEST_COMMAND = 4096;
const WRONG_RECIPIENT_DELAY_MS = 1000;

/** An answer that is no success: RFC 5321 reply code and RFC 3463 enhanced code. */
class SmtpReply extends Error {
  constructor(
    readonly responseCode: number,
    text: string,
  ) {
    super(text);
  }
}

/**
 * Listens for mail to our mailboxes.
 * - connection: 421 for one too many, 421 4.7.0 when it is one too many of its peer; 554 5.7.1 for a client that is not of
 *   an allowed network; 421 4.4.2 for one that takes too long with a command or a mail (`slow-peers.ts`).
 * - RCPT: 550 5.1.1 for an address that is no mailbox of ours; 421 4.7.0 for who names nothing else (`wrong-recipients.ts`).
 * - DATA: 250 only after the record is durable; 451 4.3.0 when it cannot be made so; 552 5.3.4 over the size limit.
 *
 * Rejects when the port cannot be bound.
 */
export async function listenSmtp(settings: SmtpSettings, dependencies: SmtpDependencies): Promise<SmtpListener> {
  const byAddress = new Map(settings.mailboxes.map((mailbox) => [mailbox.address, mailbox]));
  const busy = new Set<string>();
  const wrongRecipients = countWrongRecipients(settings.wrongRecipientDelayMs ?? WRONG_RECIPIENT_DELAY_MS);
  const server = new smtpServer.SMTPServer({
    ...protocolOptions(settings, dependencies.maxMessageBytes),
    onConnect({ remoteAddress }, done) {
      const isAdmitted = settings.admits?.(remoteAddress) ?? true;
      done(isAdmitted ? null : new SmtpReply(554, '5.7.1 You may not deliver here'));
    },
    onRcptTo({ address }, session, done) {
      if (mailboxOf(byAddress, address) === null) {
        return refuseRecipient({ session, settings, wrongRecipients }, dependencies, done);
      }
      wrongRecipients.right(session);
      done();
    },
    onData(stream, session, done) {
      busy.add(session.id);
      receiveData(stream, session, byAddress, dependencies)
        .then((refusal) => answer(refusal, dependencies, done))
        .catch(() => done(new SmtpReply(451, '4.3.0 The transfer broke off')))
        .finally(() => busy.delete(session.id));
    },
  });
  limitPeers(server, settings.maxConnectionsPerPeer, dependencies);
  server.on('error', (error) => dependencies.logger.warn({ reason: error.message }, 'SMTP connection failed'));
  const port = await listen(server, settings);
  const unwatch = endSlowPeers(server, settings.deadlines ?? DEADLINES, {
    maxMessageBytes: dependencies.maxMessageBytes,
    ended: () => dependencies.metrics.connectionEnded('slow'),
  });
  return { port, close: () => closeGracefully(server, busy).finally(unwatch) };
}

interface WrongRecipient {
  /** One object as long as the connection lives. */
  readonly session: SMTPServerSession;
  readonly settings: SmtpSettings;
  readonly wrongRecipients: WrongRecipients;
}

function refuseRecipient(
  { session, settings, wrongRecipients }: WrongRecipient,
  { metrics }: SmtpDependencies,
  done: (error: Error) => void,
): void {
  metrics.recipientRefused();
  const unknown = new SmtpReply(550, '5.1.1 No such mailbox here');
  if (settings.trusts?.(session.remoteAddress) === true) {
    return done(unknown);
  }
  const { delayMs, ends } = wrongRecipients.wrong(session);
  if (ends) {
    metrics.connectionEnded('recipients');
  }
  const reply = ends ? new SmtpReply(421, '4.7.0 Too many unknown recipients, try again later') : unknown;
  return delayMs === 0 ? done(reply) : void setTimeout(done, delayMs, reply).unref();
}

/**
 * Refuses a connection as soon as it is accepted, before it takes a place among all. What counts are the server's own
 * open connections, so that none stays counted, however it ends; a listener on the socket would be gone after STARTTLS.
 */
function limitPeers(server: Server, maxConnectionsPerPeer: number, { metrics }: SmtpDependencies): void {
  const limit = (address: string, port: number | undefined): void => {
    const open = [...server.connections];
    const connection = open.findLast(({ remotePort }) => remotePort === port);
    const addresses = open.map(({ remoteAddress }) => remoteAddress);
    if (connection !== undefined && countOfPeer(address, addresses) > maxConnectionsPerPeer) {
      metrics.connectionRefused();
      // Closes it, too.
      connection.send(421, '4.7.0 Too many connections from your address, try again later', false);
    }
  };
  server.server.on('connection', ({ remoteAddress = '', remotePort }) => {
    // The server's own listener, which came before, counts it among the open ones only then.
    setImmediate(() => limit(remoteAddress, remotePort));
  });
}

function protocolOptions(settings: SmtpSettings, maxMessageBytes: number): SMTPServerOptions {
  const offered = settings.tls === null ? {} : { cert: settings.tls.certificate, key: settings.tls.key };
  return {
    name: settings.hostname,
    size: maxMessageBytes,
    rejectOversized: true,
    logger: false,
    disabledCommands: settings.tls === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    disableReverseLookup: true,
    maxClients: settings.maxConnections,
    maxRecipients: MOST_RECIPIENTS,
    maxCommandLength: LONGEST_COMMAND,
    socketTimeout: settings.idleTimeoutMs,
    closeTimeout: settings.closeTimeoutMs,
    ...offered,
  };
}

async function receiveData(
  stream: Readable,
  session: SMTPServerSession,
  byAddress: ReadonlyMap<string, Mailbox>,
  dependencies: SmtpDependencies,
): Promise<Refusal | null> {
  const { mailFrom, rcptTo } = session.envelope;
  const recipients = rcptTo.map(({ address }) => address);
  const reached = recipients.map((recipient) => mailboxOf(byAddress, recipient) ?? '');
  const mailboxes = [...new Set(reached)].flatMap((address) => byAddress.get(address) ?? []);
  const from = mailFrom === false ? '' : mailFrom.address;
  const facts = { clientAddress: session.remoteAddress, greeting: session.hostNameAppearsAs || 'unknown' };
  const shared = { receivedAt: new Date(), from, recipients, mailboxes };
  const envelope = { provider: 'smtp', ...shared, session: { ...facts, envelopeFrom: from } } as const;
  return receiveMail(stream, envelope, dependencies);
}

function answer(
  refusal: Refusal | null,
  { logger }: SmtpDependencies,
  done: (error?: Error | null, message?: string) => void,
): void {
  if (refusal === null) {
    return done(null, '2.0.0 Taken');
  }
  switch (refusal.outcome) {
    case 'too_large':
      return done(new SmtpReply(552, '5.3.4 The message is too large'));
    case 'unavailable':
      logger.warn({ reason: refusal.reason }, 'A mail was not taken; its sender will try again');
      return done(new SmtpReply(451, '4.3.0 Try again later'));
  }
}

function listen(server: Server, { host, port }: SmtpSettings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}

/** Connections between two mails are told at once; those in a mail after its answer, or when the time is up. */
function closeGracefully(server: Server, busy: ReadonlySet<string>): Promise<void> {
  return new Promise((resolve) => {
    const dismissIdle = () => {
      for (const connection of server.connections) {
        if (!busy.has(connection.session.id)) {
          connection.send(421, '4.3.2 Shutting down');
          connection.close();
        }
      }
    };
    const repeated = setInterval(dismissIdle, 50);
    server.close(() => {
      clearInterval(repeated);
      resolve();
    });
    dismissIdle();
  });
}
