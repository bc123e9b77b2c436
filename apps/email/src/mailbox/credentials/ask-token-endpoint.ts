import { errorCode } from '#libs/runtime';

/** What of a refusal may be shown: codes of the protocol, no text of the server, which may repeat what we sent. */
export interface TokenRefusal {
  readonly status: number;
  /** RFC 6749 §5.2, such as `invalid_client`. */
  readonly error: string;
  /** Microsoft's number, such as `AADSTS7000222`; null for others. */
  readonly microsoftCode: string | null;
}

export type TokenAnswer =
  | { readonly outcome: 'granted'; readonly accessToken: string; readonly lifetimeSeconds: number | null }
  | ({ readonly outcome: 'refused' } & TokenRefusal)
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs: number | null };

export interface TokenEndpointTools {
  readonly fetch: typeof fetch;
}

const PATIENCE_MS = 10_000;
const MOST_ANSWER_BYTES = 64 * 1024;
const LONGEST_PAUSE_SECONDS = 3600;
/** Errors that say nothing about the credentials. */
const PASSING_ERRORS = ['temporarily_unavailable', 'server_error', 'rate_limit_exceeded', 'internal_failure'];
/** Microsoft sends these with a 400 too: throttling, request loops, transient failures. */
const PASSING_MICROSOFT_CODES = ['AADSTS50196', 'AADSTS90024', 'AADSTS90025', 'AADSTS90033', 'AADSTS90055'];

/**
 * One request. Only an answer that is an OAuth 2 error counts as a refusal: what a proxy, a captive portal or a
 * server in trouble says is no judgement about the credentials.
 */
export async function askTokenEndpoint(
  { url, form }: { readonly url: string; readonly form: Readonly<Record<string, string>> },
  tools: TokenEndpointTools,
): Promise<TokenAnswer> {
  const host = new URL(url).host;
  try {
    const response = await tools.fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      // A secret goes to no other address than the one that was configured.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return judge(host, response, await readBounded(response));
  } catch (error) {
    return { outcome: 'unavailable', reason: `${host} ${describe(error)}`, retryAfterMs: null };
  }
}

function judge(host: string, response: Response, text: string): TokenAnswer {
  const { status } = response;
  const answer = parseObject(text);
  const unavailable = (what: string): TokenAnswer => {
    return { outcome: 'unavailable', reason: `${host} ${what}`, retryAfterMs: retryAfter(response) };
  };
  if (status === 429 || status === 408 || status >= 500) {
    return unavailable(`gives no tokens at the moment (HTTP ${status})`);
  }
  if (status === 200) {
    const accessToken = answer['access_token'];
    // Anything else would break the line of the login.
    return typeof accessToken === 'string' && /^[\x21-\x7e]{1,32768}$/.test(accessToken)
      ? { outcome: 'granted', accessToken, lifetimeSeconds: lifetime(answer['expires_in']) }
      : unavailable('answered 200 without an access token');
  }
  const error = answer['error'];
  if (status < 400 || typeof error !== 'string' || !/^[a-z_]{1,60}$/.test(error)) {
    return unavailable(`did not answer as a token endpoint does (HTTP ${status}); check the address`);
  }
  const description = answer['error_description'];
  const microsoftCode = typeof description === 'string' ? (/AADSTS\d{4,9}/.exec(description)?.[0] ?? null) : null;
  return PASSING_ERRORS.includes(error) || PASSING_MICROSOFT_CODES.includes(microsoftCode ?? '')
    ? unavailable(`gives no tokens at the moment (${microsoftCode ?? error})`)
    : { outcome: 'refused', status, error, microsoftCode };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_ANSWER_BYTES) {
      return '';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function lifetime(value: unknown): number | null {
  const seconds = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 10 ** 8) : null;
}

/** RFC 9110 §10.2.3, the form in seconds; an hour at most. */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(value) ? Math.min(Number(value), LONGEST_PAUSE_SECONDS) * 1000 : null;
}

function describe(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: unknown };
  if (name === 'TimeoutError') {
    return `did not answer within ${PATIENCE_MS / 1000} s`;
  }
  return `cannot be reached (${errorCode(cause) || errorCode(error) || 'the connection failed'})`;
}
