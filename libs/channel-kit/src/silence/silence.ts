import { isWithinHours, USUAL_WEEK } from '#libs/interaction';

/** A connection that has sent something, and how long ago that was. */
export interface ConnectionSilence {
  /** `provider/key`. */
  readonly connection: string;
  /** Id of the last event's row in the delivery log. */
  readonly lastDelivery: string;
  readonly lastEventAt: Date;
  /** When somebody looked last. */
  readonly lookedAt: Date;
  /** Business time without an event, in milliseconds. */
  readonly silentMs: number;
  /** Somebody was told of this silence. */
  readonly isTold: boolean;
}

/** The last event of a connection since somebody looked. */
export interface HeardEvent {
  readonly connection: string;
  readonly delivery: string;
  readonly at: Date;
}

/** Who wants to be told, and after how much. */
export interface SilenceLimit {
  readonly connection: string;
  /** Business hours. */
  readonly hours: number;
}

export interface SilenceLook {
  readonly now: Date;
  /** IANA name of the account's zone. */
  readonly timeZone: string;
}

const HOUR_MS = 60 * 60 * 1000;
/** Looks are a minute apart. After a longer time nobody could hear anything, so that the silence was ours. */
const LONGEST_PAUSE_MS = 10 * 60 * 1000;

/**
 * What a look makes of a connection's silence; null while it has never sent anything. Nights, weekends and the time in which
 * nobody listened are no silence.
 */
export function silenceAfter(
  before: ConnectionSilence | null,
  heard: HeardEvent | null,
  { now, timeZone }: SilenceLook,
): ConnectionSilence | null {
  if (heard !== null) {
    const { connection, delivery, at } = heard;
    return { connection, lastDelivery: delivery, lastEventAt: at, lookedAt: now, silentMs: 0, isTold: false };
  }
  if (before === null) {
    return null;
  }
  // Another process may have looked in between.
  const since = Math.max(now.getTime() - before.lookedAt.getTime(), 0);
  const counts = since <= LONGEST_PAUSE_MS && isBusinessTime(now, timeZone);
  const lookedAt = since === 0 ? before.lookedAt : now;
  return { ...before, lookedAt, silentMs: before.silentMs + (counts ? since : 0) };
}

export function isTooLong({ silentMs }: ConnectionSilence, { hours }: SilenceLimit): boolean {
  return silentMs >= hours * HOUR_MS;
}

/** What is so, and what to do. */
export function sentenceOf({ connection, lastEventAt }: ConnectionSilence, { hours }: SilenceLimit): string {
  const since = `${connection} has sent nothing for ${hours} business hours or longer, the last at ${lastEventAt.toISOString()}`;
  return `${since}: see whether its telephone system still has our address, and reaches it.`;
}

/** Monday to Friday, from nine to six. */
export function isBusinessTime(moment: Date, timeZone: string): boolean {
  return isWithinHours({ timeZone, week: USUAL_WEEK, holidays: [] }, moment.getTime());
}
