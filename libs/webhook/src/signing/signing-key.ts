import { createSecretKey, type KeyObject } from 'node:crypto';
import { remembering } from '#libs/interaction';

/** Keys of HMACs by secrets of the configuration, each prepared once. `read` makes bytes of a secret as its scheme says. */
export function signingKeys(read: (secret: string) => Buffer): (secret: string) => KeyObject {
  const known = remembering<KeyObject>(1_000);
  return (secret) => known(secret, () => createSecretKey(read(secret)));
}
