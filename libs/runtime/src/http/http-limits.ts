/** What one HTTP client may use up. Each is told in the problem that ends a request beyond it. */
export interface HttpLimits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Bytes of the request line and the headers together. */
  readonly headerBytes: number;
  /** Characters of one part of a path as it is sent; secrets and names of recordings are the longest. */
  readonly pathPartLength: number;
  /** Milliseconds from the first byte, or from the connection, to the end of the headers. */
  readonly headersTimeoutMs: number;
  /** Milliseconds to the end of the body, unless it has a pace of its own; without it a body may drip for ever. */
  readonly requestTimeoutMs: number;
  /** Milliseconds between two looks at the timeouts. */
  readonly checkTimeoutsMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  pathPartLength: 2048,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 60_000,
  checkTimeoutsMs: 2_000,
};

/** Milliseconds for what a refused client still sends, so that it reads our answer instead of a reset connection. */
export const LINGER_MS = 2_000;
