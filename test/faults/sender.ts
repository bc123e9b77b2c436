import { setTimeout as delay } from 'node:timers/promises';
import { openSmtp, type SmtpConnection } from '../mails/smtp-client.js';
import type { Sending } from './plan.js';

export type MailSending = Extract<Sending, { kind: 'mail' }>;
export type PoisonSending = Extract<Sending, { kind: 'poison' }>;

/** How the sending goes on. */
export interface Progress {
  /** Sendings that are durable. */
  sent: number;
  /** Times that a mail had to be sent again after a 4xx or a broken connection. */
  retries: number;
  /** Answers 5xx, which no mail of the plan deserves. */
  refusals: string[];
}

export interface SenderParts {
  readonly smtpPort: number;
  readonly connections: number;
  publishPoison(poison: PoisonSending): Promise<void>;
  /** Asked before each sending: waits while the load must be held back. */
  gate(sent: number): Promise<void>;
}

/** Sends everything, over several connections side by side; a mail that was not acknowledged is sent again. */
export async function sendAll(sendings: readonly Sending[], parts: SenderParts, progress: Progress): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    const line = reconnecting(parts.smtpPort, progress);
    while (next < sendings.length) {
      const sending = sendings[next] as Sending;
      next += 1;
      await parts.gate(progress.sent);
      await (sending.kind === 'poison' ? parts.publishPoison(sending) : line.deliver(sending));
      progress.sent += 1;
    }
    line.close();
  };
  await Promise.all(Array.from({ length: parts.connections }, work));
}

interface Line {
  deliver(mail: MailSending): Promise<void>;
  close(): void;
}

/** What every mail server does: the same mail again until it is taken or refused for good. */
function reconnecting(port: number, progress: Progress): Line {
  let connection: SmtpConnection | null = null;
  const attempt = async (mail: MailSending): Promise<boolean> => {
    try {
      connection ??= await openSmtp(port);
      const answer = await connection.send({ from: mail.from, to: [mail.to], bytes: mail.bytes });
      if (answer.code >= 500) {
        progress.refusals.push(answer.line);
      }
      return answer.code < 400 || answer.code >= 500;
    } catch {
      connection = null;
      return false;
    }
  };
  return {
    async deliver(mail) {
      while (!(await attempt(mail))) {
        progress.retries += 1;
        await delay(100);
      }
    },
    close: () => connection?.close(),
  };
}
