import type smtpServer from 'smtp-server';

type Server = InstanceType<typeof smtpServer.SMTPServer>;
type Connection = Server['connections'] extends Set<infer Member> ? Member : never;

/** How long a client may take, however many bytes it sends meanwhile. */
export interface Deadlines {
  /** Milliseconds from our answer to the end of the next command, or of the change to TLS. */
  readonly commandMs: number;
  /** Milliseconds for a mail, beside what its bytes are given. */
  readonly dataMs: number;
  /** A mail that comes more slowly than this, measured over all of it, uses up `dataMs`. */
  readonly dataBytesPerSecond: number;
}

/**
 * A minute of silence, as the idle timeout allows it, and half of one for the line itself; a mail of 150 MB may take less
 * than three hours, an empty one five minutes, which is what RFC 5321 §4.5.3.2 has senders wait at the most but for the end.
 */
export const DEADLINES: Deadlines = { commandMs: 90_000, dataMs: 300_000, dataBytesPerSecond: 16_384 };

const MOST_BETWEEN_LOOKS_MS = 1000;

/** Whom a connection waits for, and since when. */
interface Turn {
  readonly of: 'command' | 'data' | 'answer';
  /** Grows with each answer, so that commands are told apart which came between two looks. */
  readonly bytesWritten: number;
  readonly since: number;
}

/**
 * Ends (421) connections whose client sends a byte now and then, which the idle timeout never notices. What is looked at are
 * the server's own open connections, now and then: none stays watched, however it ends. Returns what ends the watching.
 */
export function endSlowPeers(
  server: Server,
  deadlines: Deadlines,
  { maxMessageBytes, ended }: { readonly maxMessageBytes: number; readonly ended: () => void },
): () => void {
  const turns = new WeakMap<Connection, Turn>();
  const look = (): void => {
    const now = performance.now();
    for (const connection of server.connections) {
      const turn = turnOf(connection, turns.get(connection), now);
      turns.set(connection, turn);
      if (now - turn.since > allowedMs(turn, bytesOf(connection, maxMessageBytes), deadlines)) {
        ended();
        // Closes it, too. A sender comes again with a mail that was cut off.
        connection.send(421, '4.4.2 You are too slow, try again later', false);
      }
    }
  };
  const interval = Math.min(MOST_BETWEEN_LOOKS_MS, deadlines.commandMs / 8, deadlines.dataMs / 8);
  const looking = setInterval(look, interval).unref();
  return () => clearInterval(looking);
}

/** The server has no public word for this; it decides by the same fields whether its idle timeout counts. */
function turnOf(connection: Connection, before: Turn | undefined, now: number): Turn {
  const isInData = connection._parser !== false && connection._parser._dataMode;
  const isOurs = connection._handlerPending || Boolean(connection._dataStream);
  const of = isInData ? 'data' : isOurs ? 'answer' : 'command';
  const { bytesWritten } = connection._socket;
  return before?.of === of && before.bytesWritten === bytesWritten ? before : { of, bytesWritten, since: now };
}

/** Of the mail that comes in; what goes beyond the limit buys no time. */
function bytesOf({ _parser }: Connection, maxMessageBytes: number): number {
  return _parser === false ? 0 : Math.min(_parser.dataBytes, maxMessageBytes);
}

function allowedMs({ of }: Turn, bytes: number, { commandMs, dataMs, dataBytesPerSecond }: Deadlines): number {
  switch (of) {
    case 'command':
      return commandMs;
    case 'data':
      return dataMs + (bytes / dataBytesPerSecond) * 1000;
    case 'answer':
      return Infinity;
  }
}
