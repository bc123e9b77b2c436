import { connect, type Socket } from 'node:net';

/** What the server said to a mail. 250 = it is durable; 4xx = try again; 5xx = never. */
export interface Answer {
  readonly code: number;
  readonly line: string;
}

/** A connection that sends one mail after another. */
export interface SmtpConnection {
  /** Throws when the connection broke before the answer: the mail may or may not have been taken. */
  send(mail: { readonly from: string; readonly to: readonly string[]; readonly bytes: Buffer }): Promise<Answer>;
  close(): void;
}

/** Opens a plain SMTP connection (RFC 5321): greeting and EHLO are done when it resolves. */
export async function openSmtp(port: number, host = '127.0.0.1'): Promise<SmtpConnection> {
  const socket = connect({ port, host, noDelay: true });
  const answers = answersOf(socket);
  await expectCode(answers, 220);
  socket.write('EHLO sender.example\r\n');
  await expectCode(answers, 250);
  return {
    async send({ from, to, bytes }) {
      // RFC 2920: MAIL, RCPT and DATA may travel together; DATA waits for its 354 before the content.
      socket.write([`MAIL FROM:<${from}>`, ...to.map((address) => `RCPT TO:<${address}>`), 'DATA', ''].join('\r\n'));
      const commands = [];
      for (let index = 0; index < to.length + 2; index += 1) {
        commands.push(await answers.next());
      }
      const data = commands.at(-1);
      const refused = commands.find((answer) => answer.code >= 400);
      if (data?.code !== 354) {
        socket.write('RSET\r\n');
        await answers.next();
        return refused ?? { code: 500, line: 'DATA was not taken' };
      }
      socket.write(dotStuffed(bytes));
      socket.write('\r\n.\r\n');
      return answers.next();
    },
    close() {
      socket.end('QUIT\r\n');
      socket.destroySoon();
    },
  };
}

interface Answers {
  next(): Promise<Answer>;
}

async function expectCode(answers: Answers, code: number): Promise<void> {
  const answer = await answers.next();
  if (answer.code !== code) {
    throw new Error(`the SMTP server said ${answer.line}`);
  }
}

/** Hands out the server's answers in order; only the last line of a multi-line answer counts. */
function answersOf(socket: Socket): Answers {
  const ready: Answer[] = [];
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  let broken: Error | null = null;
  let rest = '';
  const fail = (error: Error): void => {
    broken ??= error;
    waiting.splice(0).forEach((one) => one.reject(error));
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the SMTP connection was closed')));
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => /^\d{3} /.test(text))) {
      const answer = { code: Number(line.slice(0, 3)), line };
      const next = waiting.shift();
      if (next === undefined) {
        ready.push(answer);
      } else {
        next.resolve(answer);
      }
    }
  });
  return {
    next: () => {
      const answer = ready.shift();
      if (answer !== undefined) {
        return Promise.resolve(answer);
      }
      return broken === null
        ? new Promise((resolve, reject) => waiting.push({ resolve, reject }))
        : Promise.reject(broken);
    },
  };
}

/** RFC 5321 §4.5.2: a line that begins with a dot gets a second one. */
function dotStuffed(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const stuffed = text.startsWith('.') ? `.${text}` : text;
  return stuffed.includes('\r\n.')
    ? Buffer.from(stuffed.replaceAll('\r\n.', '\r\n..'), 'latin1')
    : Buffer.from(stuffed, 'latin1');
}
