/** Fields of a form by name, each with its values in the order they came. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

export const NO_FIELDS: FormFields = new Map();

/** Who verifies a request and who reads it ask for the same form. */
const known = new WeakMap<Buffer, FormFields>();

/** Reads `application/x-www-form-urlencoded`; bytes that are no UTF-8 become U+FFFD. */
export function readForm(body: Buffer): FormFields {
  const fields = known.get(body) ?? readFields(body.toString('utf8'));
  known.set(body, fields);
  return fields;
}

/**
 * Reads fields as the URL standard says. Names stay as they are: readers that make `user[]` a list change what was signed.
 */
export function readFields(text: string): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of plainPairs(text) ?? anyPairs(text)) {
    const values = fields.get(name);
    if (values === undefined) {
      fields.set(name, [value]);
    } else {
      values.push(value);
    }
  }
  return fields;
}

type Pairs = readonly (readonly [string, string])[];

/** Every way in which fields can be written. */
function anyPairs(text: string): Pairs {
  // The class takes what begins with `?` for the query of an address, and would drop it.
  return [...new URLSearchParams(text.replace(/^\?/, '%3F'))];
}

/** The same in half the time where escapes are those of UTF-8, as nearly everybody writes them; null for anything else. */
function plainPairs(text: string): Pairs | null {
  const pairs: [string, string][] = [];
  try {
    for (const part of text.split('&')) {
      const end = part.indexOf('=');
      if (part !== '') {
        pairs.push(end < 0 ? [plainText(part), ''] : [plainText(part.slice(0, end)), plainText(part.slice(end + 1))]);
      }
    }
  } catch {
    return null;
  }
  return pairs;
}

/** @throws URIError for escapes that are none of UTF-8. */
function plainText(written: string): string {
  const spaced = written.includes('+') ? written.replaceAll('+', ' ') : written;
  return spaced.includes('%') ? decodeURIComponent(spaced) : spaced;
}
