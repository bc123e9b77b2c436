import { REDACTED, redacted, type Sender } from '#libs/webhook';

type Plain = Readonly<Record<string, unknown>>;

/** What a verified request said, without the addresses and secrets of its provider. */
export function redactedBody(plain: Plain, { secrets }: Pick<Sender, 'secrets'>): Plain {
  return redacted(plain, secrets) as Plain;
}

/** Bytes that are looked at: more than are kept of what nobody vouches for, so that a secret at the end is seen whole. */
const LOOKED_AT = 2_048;

/**
 * The beginning of a body that was refused or cannot be read, without queries of addresses and without the values of members
 * that stand in no record. The secrets of the configuration are taken out by whoever keeps it. Null for an empty one.
 */
export function withoutQueries(body: Buffer, { secrets }: Pick<Sender, 'secrets'>): Buffer | null {
  if (body.length === 0) {
    return null;
  }
  const names = [...secrets].filter((name) => /^[\w-]+$/.test(name)).join('|') || '(?!)';
  const text = body
    .subarray(0, LOOKED_AT)
    .toString('utf8')
    .replace(/(https?:\/\/[^\s"'?#&<>]*)\?[^\s"'<>]*/gi, `$1?${REDACTED}`)
    .replace(new RegExp(`("(?:${names})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'g'), `$1"${REDACTED}"`)
    .replace(new RegExp(`(<(?:[\\w-]+:)?(?:${names})\\b[^<>]*>)[^<]*`, 'g'), `$1${REDACTED}`)
    .replace(new RegExp(`((?:^|&)(?:${names})=)[^&]*`, 'g'), `$1${REDACTED}`);
  return Buffer.from(text);
}
