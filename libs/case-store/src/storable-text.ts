/** PostgreSQL's text holds no U+0000. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

/** U+0000, and surrogates that stand alone. */
// eslint-disable-next-line no-control-regex -- that character is what is looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/gu;

/** Headers as JSON: jsonb refuses U+0000 and lone surrogates, which hostile ones may hold. */
export function storableHeaders(headers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(headers).map(([name, value]) => {
    return [name, value.replace(UNSTORABLE, '\uFFFD')] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}
