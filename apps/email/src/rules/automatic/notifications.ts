import { autoSubmitted } from './auto-submitted.js';
import { affirmed, answers, hint, proof, valuesOf, type Family, type Sight, type Signal } from './signal.js';

const MACHINE_HEADERS = ['x-auto-generated', 'x-amazon-mail-relay-type', 'x-fc-machinegenerated'] as const;
const LIST_HEADERS = [
  'list-id',
  'list-unsubscribe',
  'list-post',
  'list-help',
  'list-subscribe',
  'list-owner',
  'list-archive',
  'mailing-list',
] as const;
/** Local parts that take no answer, in the languages that senders write them in. */
const NO_REPLY =
  /^(.*[._+-])?(no[._-]?reply|do[._-]?not[._-]?reply|nicht[._-]?antworten|keine[._-]?antwort|ne[._-]?pas[._-]?repondre|no[._-]?responder|nao[._-]?respond[ae]r?|non[._-]?rispondere|niet[._-]?beantwoorden|svara[._-]?inte|nepasrepondre)([._+-].*)?@/i;

/** A machine says of itself that it wrote this, and not as an answer: an alarm, an order, a statement. */
export const declaredNotifications: Family = ({ payload }) => {
  const submitted = autoSubmitted(payload);
  const signals = submitted === null ? [] : [proof('notification', `Auto-Submitted: ${submitted.value}`)];
  const named = affirmed(payload, MACHINE_HEADERS);
  if (named !== null) {
    const automaticClass = answers(payload) ? 'auto_reply' : 'notification';
    signals.push(proof(automaticClass, `${named}: ${valuesOf(payload, named)[0] ?? ''}`));
  }
  return [...signals, ...precedence(payload.signals, /^auto[_-]?(notified|generated)$/i, 'notification')];
};

/** Mail to many (RFC 2369, RFC 2919). People write on lists too. */
export const lists: Family = ({ payload }) => {
  const named = LIST_HEADERS.filter((name) => (valuesOf(payload, name)[0] ?? '') !== '');
  const feedback = valuesOf(payload, 'feedback-id')[0];
  // Amazon's servers put theirs on whatever passes through, a person's mail as well.
  const weigh = /:AmazonSES\s*$/i.test(feedback ?? '') ? hint : proof;
  return [
    ...named.map((name) => proof('list', name)),
    ...precedence(payload.signals, /^(bulk|list|junk)$/i, 'list'),
    ...(feedback === undefined ? [] : [weigh('list', `Feedback-ID: ${feedback}`)]),
  ];
};

/**
 * Machines that do not say so. They take away nothing from a mail: it may open a case as any other, but nobody should
 * answer it by machine. A form's mail that names the person to answer is that person's.
 */
export const quietMachines: Family = ({ payload }) => {
  const from = payload.from[0]?.address ?? '';
  const signals: Signal[] = [];
  if (NO_REPLY.test(from.slice(0, 320))) {
    const person = payload.replyTo.some(({ address }) => address !== '' && !NO_REPLY.test(address.slice(0, 320)));
    signals.push((person ? hint : proof)('notification', `From: ${from}`));
  }
  const loop = valuesOf(payload, 'x-loop')[0];
  if (loop !== undefined) {
    const says = /^(yes|true|1)$/i.test(loop) ? proof : hint;
    signals.push(says(answers(payload) ? 'auto_reply' : 'notification', `X-Loop: ${loop}`));
  }
  return [...signals, ...guards(payload)];
};

const GUARDS = [
  'x-rt-loop-prevention',
  'x-no-loop',
  'x-otrs-loop',
  'x-znuny-loop',
  'x-otobo-loop',
  'x-libredesk-loop-prevention',
  'x-servicenow-generated',
] as const;

/** Other ticket systems mark whatever they send, their agents' answers as well. */
function guards(payload: Sight['payload']): Signal[] {
  return GUARDS.filter((name) => affirmed(payload, [name]) !== null).map((name) =>
    proof('notification', `${name}: ${valuesOf(payload, name)[0] ?? ''}`),
  );
}

function precedence(
  signals: Sight['payload']['signals'],
  word: RegExp,
  automaticClass: 'list' | 'notification',
): Signal[] {
  return ['precedence', 'x-precedence'].flatMap((name) =>
    (signals[name] ?? [])
      .filter((value) => word.test(value))
      .map((value) => proof(automaticClass, `${name}: ${value}`)),
  );
}
