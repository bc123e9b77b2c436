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
  // The class takes what begins with `?` for the query of an address, and would drop it.
  for (const [name, value] of new URLSearchParams(text.replace(/^\?/, '%3F'))) {
    const values = fields.get(name);
    if (values === undefined) {
      fields.set(name, [value]);
    } else {
      values.push(value);
    }
  }
  return fields;
}
