import smtpServer from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { freePort } from '#libs/testing';
import { startParts } from '../faults/parts.js';
import { openSmtp } from '../mails/smtp-client.js';
import { sixKilobytes } from './bench-mails.js';
import type { BenchContext } from './context.js';
import { median, type Figure } from './figure.js';
import { withApp } from './processes-under-bench.js';

const CONNECTIONS = 16;

/** 6 KB mails from SMTP to durable: the email app in a process of its own, PostgreSQL and the sender beside it. */
export async function benchSmtp({ quick, say }: BenchContext): Promise<Figure[]> {
  const parts = await startParts('embedded', 'manual');
  const smtpPort = await freePort();
  const bare = await listenBare();
  const count = quick ? 1500 : 4000;
  try {
    const rates = await withApp('email', { ...parts.environment, SMTP_PORT: String(smtpPort) }, [], async () => {
      const measured: { ours: number; bare: number }[] = [];
      for (let round = 0; round <= (quick ? 2 : 4); round += 1) {
        const mails = Array.from({ length: count }, (_, index) => sixKilobytes(`smtp${round}`, index));
        measured.push({ ours: await rateOf(mails, smtpPort), bare: await rateOf(mails, bare.port) });
      }
      return measured.slice(1);
    });
    say(`  mails of ${sixKilobytes('size', 1).length} bytes over ${CONNECTIONS} connections`);
    return [
      {
        bench: 'smtp',
        name: 'SMTP to durable, 6 KB mails',
        unit: 'mails/s',
        value: median(rates.map(({ ours }) => ours)),
        limit: { name: 'smtp-server that drops them', value: median(rates.map((one) => one.bare)) },
        wanted: { atLeast: 500 },
      },
    ];
  } finally {
    await bare.close();
    await parts.stop({ keep: false });
  }
}

async function rateOf(mails: readonly Buffer[], port: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const connection = await openSmtp(port);
      for (let bytes = mails[next++]; bytes !== undefined; bytes = mails[next++]) {
        const answer = await connection.send({ from: 'person@shop.example', to: ['support@acme.example'], bytes });
        if (answer.code !== 250) {
          throw new Error(`the listener said ${answer.line}`);
        }
      }
      connection.close();
    }),
  );
  return mails.length / ((performance.now() - started) / 1000);
}

async function listenBare(): Promise<{ port: number; close(): Promise<void> }> {
  const server = new smtpServer.SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, done) => {
      stream.on('end', () => done());
      stream.resume();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
