/** RFC 9112 §3.2.2: a request line may name a whole address, whose host the sender chose. */
const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * The address that the provider called: what it was given as `publicUrl`, and path and query as they came. What the request
 * says about its host (`Host`, `Forwarded`, `X-Forwarded-*`) is never asked: whoever forges it would choose what is signed.
 */
export function calledAddress(publicUrl: string, target: string): string {
  return publicUrl.replace(/\/+$/, '') + target.replace(ABSOLUTE_FORM, '');
}

/** What a connection is called in addresses. */
export interface ConnectionName {
  readonly provider: string;
  readonly key: string;
}

/**
 * The last segment of an address, below the connection's own and `calls` or `voicemails`, which is the secret of providers
 * that sign nothing (channels.md A). Null when there is none.
 */
export function secretSegment(target: string, { provider, key }: ConnectionName): string | null {
  const path = target.replace(ABSOLUTE_FORM, '').split(/[?#]/, 1)[0] ?? '';
  const own = `/webhooks/${provider}/${key}/`;
  if (!path.startsWith(own)) {
    return null;
  }
  const below = path
    .slice(own.length)
    .replace(/^(calls|voicemails)(\/|$)/, '')
    .replace(/\/$/, '');
  return below === '' ? null : decodeSegment(below);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
