import { connect } from 'node:net';
import { messageOf } from '../context.js';
import { broken, doubtful, fine, type Finding } from './finding.js';

const PATIENCE_MS = 5_000;

/** Whether an SMTP server greets there. */
export async function examineSmtp({ host, port }: { readonly host: string; readonly port: number }): Promise<Finding> {
  const where = `${host}:${port}`;
  try {
    const greeting = await greetingOf(host, port);
    if (greeting.startsWith('421')) {
      return doubtful('SMTP', `${where} has no room for another connection now: ${greeting}`);
    }
    return greeting.startsWith('220')
      ? fine('SMTP', `${where} greets: ${greeting}`)
      : broken('SMTP', `${where} is something else than a mail server: set SMTP_PORT to a free port`);
  } catch (error) {
    return doubtful('SMTP', `nothing listens on ${where} (${messageOf(error)}): start the standalone or the email app`);
  }
}

/** The first line that a server says. */
async function greetingOf(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let text = '';
    const settle = (finish: () => void): void => {
      socket.destroy();
      finish();
    };
    socket.setTimeout(PATIENCE_MS, () => settle(() => reject(new Error('no greeting'))));
    socket.on('error', (error) => settle(() => reject(error)));
    socket.on('end', () => settle(() => resolve(text)));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      if (text.includes('\n') || text.length > 512) {
        settle(() => resolve(text.split(/\r?\n/, 1)[0] ?? ''));
      }
    });
  });
}

/** Whether the HTTP side is ready, and what it waits for. */
export async function examineHttp(url: string): Promise<Finding> {
  try {
    const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok) {
      return fine('HTTP', `${url} is ready`);
    }
    const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string };
    return broken('HTTP', `${url} is not ready: ${problem.detail ?? `it answered ${response.status}`}`);
  } catch (error) {
    return doubtful('HTTP', `${url} does not answer (${messageOf(error)}): start the standalone or the app`);
  }
}
