import { findTokens } from '../find-tokens.js';
import { hint, proof, valuesOf, type Sight, type Signal } from './signal.js';

const ACCOUNT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Mail that we sent ourselves. The account that another instance names in its headers is not ours. */
export function ownLoop({ payload, settings }: Sight): Signal[] {
  const marks = ['x-casewright-loop', 'x-casewright-instance'].flatMap((name) =>
    valuesOf(payload, name).map((value) => {
      const another = ACCOUNT.test(value) && value.toLowerCase() !== settings.accountId.toLowerCase();
      return another ? hint('notification', `${name}: ${value}`) : proof('own_loop', `${name}: ${value}`);
    }),
  );
  const secrets = [settings.tokenSecret, ...(settings.previousTokenSecrets ?? [])];
  const own = findTokens(payload.messageId ?? '', settings.accountId, secrets);
  return own.caseIds.length > 0 ? [...marks, proof('own_loop', 'Message-ID of ours')] : marks;
}
