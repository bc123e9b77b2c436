import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Delivers one mail by LMTP (RFC 2033), from a person: only machines use the null sender. Resolves when the server has
 * it; rejects with the server's line else.
 */
export async function deliverLmtp(port: number, user: string, bytes: Buffer): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  // What breaks is seen as the end of the lines.
  socket.on('error', () => undefined);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const expectReply = async (code: string): Promise<void> => {
    for (;;) {
      const { value, done } = (await lines.next()) as { value?: string; done?: boolean };
      if (done === true || value === undefined) {
        throw new Error('the LMTP server has closed the connection');
      }
      if (!value.startsWith(code)) {
        throw new Error(`the LMTP server answered ${value}`);
      }
      if (value[3] !== '-') {
        return;
      }
    }
  };
  try {
    await expectReply('220');
    for (const [command, code] of [
      ['LHLO localhost', '250'],
      ['MAIL FROM:<sender@customer.example>', '250'],
      [`RCPT TO:<${user}>`, '250'],
      ['DATA', '354'],
    ] as const) {
      socket.write(`${command}\r\n`);
      await expectReply(code);
    }
    socket.write(dotStuffed(bytes));
    await expectReply('250');
    socket.end('QUIT\r\n');
    await once(socket, 'close');
  } finally {
    socket.destroy();
  }
}

function dotStuffed(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}
