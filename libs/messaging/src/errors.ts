/** More waits to be published than the log may hold in memory: the source should be told to come back later. */
export class PublishQueueFull extends Error {
  override readonly name = 'PublishQueueFull';
  constructor() {
    super('The log takes records more slowly than they arrive; its queue is full');
  }
}

/** No acknowledgement within the time allowed. The records may or may not be in the log. */
export class PublishTimedOut extends Error {
  override readonly name = 'PublishTimedOut';
  constructor(milliseconds: number) {
    super(`The log did not acknowledge within ${milliseconds} ms`);
  }
}

/** The record is larger than its topic allows; as it is it never will be accepted. */
export class RecordTooLarge extends Error {
  override readonly name = 'RecordTooLarge';
  /** How many bytes it has too many; null where only the broker knows. Of a publish of several, this is about one of them. */
  readonly excess: number | null;

  private constructor(message: string, excess: number | null, options?: ErrorOptions) {
    super(message, options);
    this.excess = excess;
  }

  /** Found before anything was sent. */
  static measured(topic: string, bytes: number, allowed: number): RecordTooLarge {
    const message = `A record of ${bytes} bytes is larger than the ${allowed} bytes that ${topic} allows`;
    return new RecordTooLarge(message, bytes - allowed);
  }

  /** Said by the broker, which names neither the record nor what it allows: all that went together may be too much, too. */
  static refused(topics: readonly string[], cause: Error): RecordTooLarge {
    return new RecordTooLarge(`The broker takes no records as large as these in ${topics.join(', ')}`, null, { cause });
  }
}

/** A compacted topic keeps the latest record of each key, so every record must have one. */
export class RecordWithoutKey extends Error {
  override readonly name = 'RecordWithoutKey';
  constructor(topic: string) {
    super(`${topic} is compacted; its records need a key`);
  }
}

/** The topic was never created. */
export class UnknownTopic extends Error {
  override readonly name = 'UnknownTopic';
  constructor(topic: string) {
    super(`There is no topic ${topic}`);
  }
}

/** The log is closed or closing. */
export class LogClosed extends Error {
  override readonly name = 'LogClosed';
  constructor() {
    super('The log is closed');
  }
}

/** A group can be set back only while nobody reads in it. */
export class GroupIsActive extends Error {
  override readonly name = 'GroupIsActive';
  constructor(group: string) {
    super(`The group ${group} is being read; stop its consumers first`);
  }
}

/** Whatever was thrown, as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
