/** A request to a connection as it came. Nothing of it is decoded: a signature is checked over what was signed. */
export interface WebhookRequest {
  readonly body: Buffer;
  /** Name, value, name, value, as Node's `rawHeaders`: a header that came twice is there twice. */
  readonly rawHeaders: readonly string[];
  /** Path and query of the request line, as they came. */
  readonly target: string;
  /** By our clock, milliseconds since 1970. */
  readonly receivedAt: number;
}

/** The values of a header, in the order they came. */
export function headerValues({ rawHeaders }: Pick<WebhookRequest, 'rawHeaders'>, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const found = rawHeaders[index] ?? '';
    if (found.length === wanted.length && found.toLowerCase() === wanted) {
      values.push(rawHeaders[index + 1] ?? '');
    }
  }
  return values;
}

/** Type and subtype in lower case, without parameters; null when there is no such header or more than one. */
export function mediaTypeOf(request: Pick<WebhookRequest, 'rawHeaders'>): string | null {
  const values = headerValues(request, 'content-type');
  return values.length === 1 ? (values[0] ?? '').split(';', 1)[0]!.trim().toLowerCase() : null;
}
