/** Wrong recipients of a connection that are answered at once. */
const AT_ONCE = 9;
/** The wrong recipient at which a connection is ended. */
const MOST = 20;

/** What follows when a recipient is wrong. */
interface Consequence {
  /** Milliseconds until it is answered. */
  readonly delayMs: number;
  readonly ends: boolean;
}

/** Who names nothing but wrong recipients, by connections. */
export interface WrongRecipients {
  /** A right one: whoever knows a mailbox of ours may be wrong about others. */
  right(connection: object): void;
  wrong(connection: object): Consequence;
}

/**
 * Tells senders from those that try out addresses: a connection that has named a right recipient is never slowed, one that
 * has named none is slowed from the tenth wrong one on and ended by the twentieth. Connections are objects that live as long.
 */
export function countWrongRecipients(delayMs: number): WrongRecipients {
  const counts = new WeakMap<object, number>();
  return {
    right: (connection) => void counts.set(connection, -Infinity),
    wrong(connection) {
      const count = (counts.get(connection) ?? 0) + 1;
      counts.set(connection, count);
      return { delayMs: count > AT_ONCE ? delayMs : 0, ends: count >= MOST };
    },
  };
}
