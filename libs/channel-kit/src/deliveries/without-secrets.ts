const HIDDEN = 'redacted';
/** Of a secret of Standard Webhooks: what follows is the key itself. */
const KEY_PREFIX = 'whsec_';

/** Takes secrets out of what is about to be kept or told, wherever in it they stand. */
export interface SecretRemover {
  /** Of a JSON text, which stays one. */
  fromJson(json: string): string;
  /**
   * Whether `fromValue` leaves a value as it is, by the value's JSON text and in a fraction of the time. False where that cannot
   * be told by it.
   */
  isFree(json: string): boolean;
  /** Of an address or any text of a sender's, where a secret may stand percent-encoded too. */
  fromText(text: string): string;
  /** Of everything that a JSON value says, names included, but the values of members that are named in `kept`. */
  fromValue<Value>(value: Value, kept?: ReadonlySet<string>): Value;
}

const NONE: ReadonlySet<string> = new Set();

/** `secrets`: those of the configuration file, each with 8 characters or more; a shorter one would hide half of any text. */
export function secretRemover(secrets: readonly string[]): SecretRemover {
  const plain = longestFirst(secrets.flatMap(partsOf).filter(({ length }) => length >= 8));
  const written = plain.flatMap((secret) => [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const inJson = longestFirst([...plain, ...written]);
  const shortest = Math.min(...plain.map(({ length }) => length));
  const fromText = (text: string): string => {
    // An escape is no shorter than what it stands for.
    if (text.length < shortest) {
      return text;
    }
    const cleaned = without(text, plain);
    const read = decoded(cleaned);
    return read !== cleaned && plain.some((secret) => read.includes(secret)) ? HIDDEN : cleaned;
  };
  return {
    fromJson: (json) => without(json, inJson),
    isFree(json) {
      // What is escaped in a text may be a secret, and has no spelling of its own here.
      if (json.includes('%')) {
        return false;
      }
      const spaced = json.includes('+') ? json.replaceAll('+', ' ') : json;
      return !inJson.some((secret) => json.includes(secret) || spaced.includes(secret));
    },
    fromText,
    fromValue: (value, kept = NONE) =>
      holdsOnly(value, (text) => fromText(text) === text, kept)
        ? value
        : (mapTexts(value, fromText, kept) as typeof value),
  };
}

/** Whether all that `mapTexts` would change is as it should be, which it nearly always is: then nothing is copied. */
function holdsOnly(value: unknown, isRight: (text: string) => boolean, kept: ReadonlySet<string>): boolean {
  if (typeof value === 'string') {
    return isRight(value);
  }
  if (Array.isArray(value)) {
    return value.every((one) => holdsOnly(one, isRight, kept));
  }
  for (const name in value as object | null) {
    const isKept = kept.has(name);
    if (!isRight(name) || !(isKept || holdsOnly((value as Record<string, unknown>)[name], isRight, kept))) {
      return false;
    }
  }
  return true;
}

function mapTexts(value: unknown, change: (text: string) => string, kept: ReadonlySet<string>): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((one) => mapTexts(one, change, kept));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [change(name), kept.has(name) ? one : mapTexts(one, change, kept)]),
  );
}

function partsOf(secret: string): string[] {
  return secret.startsWith(KEY_PREFIX) ? [secret, secret.slice(KEY_PREFIX.length)] : [secret];
}

/** One that is part of another must not spoil it. */
function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((one, other) => other.length - one.length);
}

function without(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => (left.includes(secret) ? left.replaceAll(secret, HIDDEN) : left), text);
}

/** As whoever reads a form or an address would; what is no escape stays. */
function decoded(text: string): string {
  return !/[%+]/.test(text)
    ? text
    : text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
        return Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8');
      });
}
