import { isIPv6 } from 'node:net';

/** The address by which this machine reaches a listener on `host`; one on every interface is reached by 127.0.0.1. */
export function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

/** `http://127.0.0.1:3000`: where this machine asks a listener on `host`. */
export function httpAddress(host: string, port: number): string {
  const reached = reachableHost(host);
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`;
}

/** Whether a listener on `host` is there for programs of this machine only. */
export function isOfThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
