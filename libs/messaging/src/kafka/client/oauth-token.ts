import type { ClientCredentials } from '../kafka-log-options.js';

interface TokenAnswer {
  readonly access_token?: unknown;
  readonly expires_in?: unknown;
}

/** Tokens are renewed when this share of their life is over. */
const RENEW_AT = 0.8;
/** Life of a token whose endpoint does not say (RFC 6749 §5.1 only recommends `expires_in`). Seconds. */
const LIFE_UNLESS_TOLD = 60;
const REQUEST_LIMIT_MS = 10_000;

/** Gets tokens by the client credentials grant and keeps each for most of its life. */
export function clientCredentialsToken(credentials: ClientCredentials): () => Promise<string> {
  let kept: { token: string; until: number } | undefined;
  return async () => {
    if (kept && Date.now() < kept.until) {
      return kept.token;
    }
    const answer = await requestToken(credentials);
    const life = typeof answer.expires_in === 'number' ? answer.expires_in : LIFE_UNLESS_TOLD;
    if (typeof answer.access_token !== 'string') {
      throw new Error(`The token endpoint ${credentials.tokenEndpoint} answered without an access_token`);
    }
    kept = { token: answer.access_token, until: Date.now() + life * 1000 * RENEW_AT };
    return kept.token;
  };
}

async function requestToken({ tokenEndpoint, clientId, clientSecret, scope }: ClientCredentials): Promise<TokenAnswer> {
  const basic = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: {
      // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
      authorization: `Basic ${Buffer.from(basic).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
    signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
  });
  if (!response.ok) {
    throw new Error(`The token endpoint ${tokenEndpoint} answered ${response.status}`);
  }
  return (await response.json()) as TokenAnswer;
}
