import { isUuid } from '#libs/interaction';
import { findTokens } from '../find-tokens.js';
import { mailboxOf } from '../mail-address.js';
import { autoReplies } from './auto-replies.js';
import { hint, proof, valuesOf, type Sight, type Signal } from './signal.js';

/** Mail that we sent ourselves. The account that another instance names in its headers is not ours. */
export function ownLoop(sight: Sight): Signal[] {
  const { payload, settings } = sight;
  const marks = ['x-casewright-loop', 'x-casewright-instance'].flatMap((name) =>
    valuesOf(payload, name).map((value) => {
      const another = isUuid(value) && value.toLowerCase() !== settings.accountId.toLowerCase();
      return another ? hint('notification', `${name}: ${value}`) : proof('own_loop', `${name}: ${value}`);
    }),
  );
  const secrets = [settings.tokenSecret, ...(settings.previousTokenSecrets ?? [])];
  const own = findTokens([payload.messageId ?? ''], settings.accountId, secrets);
  return [
    ...marks,
    ...(own.caseIds.length > 0 ? [proof('own_loop', 'Message-ID of ours')] : []),
    ...(ownMailboxAnswers(sight) ? [proof('own_loop', `answer by our own ${payload.from[0]?.address ?? ''}`)] : []),
  ];
}

/** Two mailboxes of ours whose servers answer by machine would answer each other for ever. */
function ownMailboxAnswers(sight: Sight): boolean {
  const own = sight.settings.ownAddresses ?? new Set();
  return mailboxOf(own, sight.payload.from[0]?.address ?? '') !== null && autoReplies(sight).length > 0;
}
