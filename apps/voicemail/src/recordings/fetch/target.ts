/** Where sounds of a connection may be fetched. */
export interface HostPolicy {
  /** The provider's own, `api.vendor.example` or `*.vendor.example`. */
  readonly ownHosts: readonly string[];
  /**
   * `recordingHosts` of the connection, `host` or `host:port`: these alone may be private, speak plain HTTP and listen at
   * another port than usual.
   */
  readonly namedHosts: readonly string[];
}

/** An address that may be asked, in parts, or why it may not. */
export type Target =
  | {
      readonly ok: true;
      readonly url: URL;
      /** Without brackets, without a dot at its end, in small letters. */
      readonly host: string;
      readonly isNamed: boolean;
      readonly isOwn: boolean;
    }
  | { readonly ok: false; readonly failure: TargetFailure; readonly host: string | null };

export type TargetFailure = 'invalid_address' | 'host_not_allowed' | 'not_https';

/**
 * Reads an address before anybody is asked about its host. The parser of the web has spelled an IPv4 address in one way
 * by then, whether it was written in decimal, octal or hexadecimal digits.
 */
export function targetOf(address: string | URL, { ownHosts, namedHosts }: HostPolicy): Target {
  const url = URL.canParse(address.toString()) ? new URL(address) : null;
  const host = url === null ? null : hostOf(url);
  if (url === null || host === null || host === '' || url.username !== '' || url.password !== '') {
    return { ok: false, failure: 'invalid_address', host };
  }
  const isNamed = namedHosts.some((named) => isNamedBy(named.toLowerCase(), host, url));
  const isOwn = ownHosts.some((own) => isHostOf(own, host));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, failure: 'invalid_address', host };
  }
  // Any other port of the provider's machines is not what it was trusted for.
  if (!isNamed && (!isOwn || url.port !== '')) {
    return { ok: false, failure: 'host_not_allowed', host };
  }
  return url.protocol === 'http:' && !isNamed
    ? { ok: false, failure: 'not_https', host }
    : { ok: true, url, host, isNamed, isOwn };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** A host that is named without a port may listen at any. */
function isNamedBy(named: string, host: string, { port, protocol }: URL): boolean {
  const usual = protocol === 'https:' ? '443' : '80';
  return named.replace(/^\[|\]$/g, '') === host || named === `${host}:${port === '' ? usual : port}`;
}

function isHostOf(own: string, host: string): boolean {
  return own.startsWith('*.') ? host.endsWith(own.slice(1)) && host.length > own.length - 1 : host === own;
}
