import { beginning, type EmailPayload, untaggedSubject } from '#libs/mail';
import { autoReplies } from '../auto-replies.js';
import { autoSubmitted } from '../auto-submitted.js';
import { affirmed, answers, fromNullSender, hint, proof, valuesOf, type Sight, type Signal } from '../signal.js';
import { AUTO_REPLY_SUBJECT, AWAY_PHRASES, AWAY_SUBJECT } from './away-phrases.js';

const MOST_OF_THE_TEXT = 2000;

/**
 * Notes of people who are away. Their words, in the subject or the text, are anybody's to write: they count only where
 * the mail also shows that a machine sent it.
 */
export function outOfOffice(sight: Sight): Signal[] {
  const { payload } = sight;
  const signals: Signal[] = [];
  if (affirmed(payload, ['x-vacation']) !== null) {
    signals.push(proof('out_of_office', `X-Vacation: ${valuesOf(payload, 'x-vacation')[0] ?? ''}`));
  }
  const submitted = autoSubmitted(payload);
  if (submitted?.vacation === true) {
    signals.push(proof('out_of_office', `Auto-Submitted: ${submitted.value}`));
  }
  const suppress = valuesOf(payload, 'x-auto-response-suppress')[0];
  const byRule = valuesOf(payload, 'x-ms-exchange-inbox-rules-loop')[0];
  if (byRule !== undefined && /^all$/i.test(suppress ?? '')) {
    signals.push(proof('out_of_office', `X-MS-Exchange-Inbox-Rules-Loop: ${byRule}`));
  }
  const subject = untaggedSubject(payload.subject);
  if (AWAY_SUBJECT.test(subject)) {
    const weigh = sentByMachine(sight) || mayBeByMachine(sight) || answersWithAbsence(payload) ? proof : hint;
    const says = AUTO_REPLY_SUBJECT.test(subject) && !saysAway(payload.text) ? 'auto_reply' : 'out_of_office';
    signals.push(weigh(says, `Subject: ${payload.subject}`));
  } else if (answeredByMachine(sight) && saysAway(payload.text)) {
    signals.push(proof('out_of_office', 'text says away'));
  }
  return [...signals, ...asked(suppress, byRule)];
}

/** Each of these says automatic by itself. */
function sentByMachine(sight: Sight): boolean {
  return autoSubmitted(sight.payload) !== null || answeredByMachine(sight);
}

/** A shop's own mail may tell of the shop's holidays; only an answer tells of its author's. */
function answeredByMachine(sight: Sight): boolean {
  return autoReplies(sight).length > 0 || fromNullSender(sight);
}

/** Headers that people's mail has too, and the oldest vacation programs had alone: beside the subject they are enough. */
function mayBeByMachine({ payload }: Sight): boolean {
  const onList = valuesOf(payload, 'list-id').length > 0 || valuesOf(payload, 'list-unsubscribe').length > 0;
  const bulk = valuesOf(payload, 'precedence').some((value) => /^(bulk|junk)$/i.test(value));
  // Exchange's own notes suppress all; people's mail that passes through it suppresses some.
  const suppressesAll = /^all$/i.test(valuesOf(payload, 'x-auto-response-suppress')[0] ?? '');
  return (bulk && !onList) || suppressesAll || affirmed(payload, ['x-ms-exchange-inbox-rules-loop']) !== null;
}

/** An answer whose subject does not begin as answers of people do, and whose text says the same as its subject. */
function answersWithAbsence(payload: EmailPayload): boolean {
  return answers(payload) && saysAway(payload.text);
}

/** X-Auto-Response-Suppress asks us not to answer; Outlook and ticket systems write it on people's mail. */
function asked(suppress: string | undefined, byRule: string | undefined): Signal[] {
  return [
    ...(suppress === undefined ? [] : [hint('auto_reply', `X-Auto-Response-Suppress: ${suppress}`)]),
    ...(byRule === undefined ? [] : [hint('auto_reply', `X-MS-Exchange-Inbox-Rules-Loop: ${byRule}`)]),
  ];
}

function saysAway(text: string): boolean {
  const said = beginning(text, MOST_OF_THE_TEXT)
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replaceAll('’', "'");
  return AWAY_PHRASES.some((phrase) => said.includes(phrase));
}
