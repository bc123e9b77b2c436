import { isIP } from 'node:net';
import { ValidateBy, type ValidationOptions } from 'class-validator';

const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?::\d{1,5})?$/i;

/** An address that others reach us by: `https`, but for this machine; without query, fragment or login. */
export function IsPublicUrl(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    { name: 'isPublicUrl', validator: { validate: (value) => problemOfPublicUrl(value) === null, defaultMessage } },
    options,
  );
}

function defaultMessage(given?: { readonly value: unknown }): string {
  return `$property ${problemOfPublicUrl(given?.value) ?? ''}`;
}

function problemOfPublicUrl(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    return 'must be an address such as https://hooks.acme.example';
  }
  const { protocol, hostname, search, hash, username, password, pathname } = new URL(value);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOCAL_HOSTS.includes(hostname))) {
    return 'must be an https address';
  }
  if (search + hash + username + password !== '') {
    return 'may have no query, fragment or login';
  }
  return /\/webhooks(\/|$)/.test(pathname) ? 'ends before /webhooks' : null;
}

/** A host's name or address, with a port if need be, and nothing around it. */
export function IsHost(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isHost',
      validator: {
        validate: (value) => typeof value === 'string' && (isIP(value) !== 0 || HOST.test(value)),
        defaultMessage: () => '$property must hold hosts alone, without https:// and without a path',
      },
    },
    options,
  );
}

/** An address or a network of addresses: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. */
export function IsNetwork(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isNetwork',
      validator: {
        validate: isNetwork,
        defaultMessage: () => '$property must hold addresses or networks, such as 192.0.2.0/24',
      },
    },
    options,
  );
}

function isNetwork(value: unknown): boolean {
  const [, address = '', bits] = typeof value === 'string' ? (/^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? []) : [];
  const family = isIP(address);
  return family !== 0 && Number(bits ?? 0) <= (family === 4 ? 32 : 128);
}
