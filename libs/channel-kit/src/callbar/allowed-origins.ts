/** Headers of answers for browsers. */
export type OriginHeaders = Readonly<Record<string, string>>;

/** What browsers on other pages may do here (Fetch standard, CORS): exactly what is configured, never with credentials. */
export class AllowedOrigins {
  private readonly allowed: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.allowed = new Set(origins);
  }

  /** Null for an origin that is not allowed. A program that is no browser names none, and is allowed. */
  headersFor(origin: string | undefined): OriginHeaders | null {
    if (origin === undefined) {
      return { vary: 'Origin' };
    }
    return this.allowed.has(origin)
      ? {
          vary: 'Origin',
          'access-control-allow-origin': origin,
          'access-control-expose-headers': 'Retry-After, X-Request-Id',
        }
      : null;
  }

  /** Of the answer to a preflight. */
  preflightFor(origin: string | undefined, methods: string): OriginHeaders | null {
    const headers = origin === undefined ? null : this.headersFor(origin);
    return (
      headers && {
        ...headers,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': 'Authorization, Content-Type, Prefer',
        'access-control-max-age': '600',
      }
    );
  }
}
