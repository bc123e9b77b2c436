import type { EmailPayload } from '../../payload.js';
import { bounceClass, hasBounceSubject, saysBounce } from './bounce-facts.js';
import { autoSubmitted } from './auto-submitted.js';
import { fromNullSender, hint, proof, valuesOf, type Sight, type Signal } from './signal.js';

const DAEMON = /^(mailer-?daemon|mail-?daemon|maildelivery|mail-delivery|microsoftexchange[0-9a-f]{32})([._+-].*)?@/i;
const POSTMASTER = /^(postmaster|system[._]administrator)([._+-].*)?@/i;
const DAEMON_NAME =
  /^"?(mail delivery (sub)?system|mail(er)?[ -]daemon|mail delivery service|system administrator|postmaster|microsoft outlook|mail administrator)/i;

/**
 * Bounces that are no declared report, as old Exchange, qmail, Exim, sendmail and Gmail write them.
 * 1. A daemon's address or X-Failed-Recipients says it alone.
 * 2. A postmaster's address does unless a person writes from it: one has a return address and no failure to tell.
 * 3. The words of a bounce do only in mail that shows by something else that no person sent it: people pass bounces on.
 */
export function bounces(sight: Sight): Signal[] {
  const { payload } = sight;
  const automaticClass = bounceClass(payload);
  const address = payload.from[0]?.address ?? '';
  const signals: Signal[] = [];
  const failed = valuesOf(payload, 'x-failed-recipients')[0];
  if (failed !== undefined && failed !== '') {
    signals.push(proof(automaticClass, `X-Failed-Recipients: ${failed}`));
  }
  const words = wordsOf(payload);
  if (DAEMON.test(address)) {
    signals.push(proof(automaticClass, `From: ${address}`));
  } else if (POSTMASTER.test(address)) {
    signals.push((words > 0 || !writesAsPerson(sight) ? proof : hint)(automaticClass, `From: ${address}`));
  }
  if (words > 0) {
    const weigh = noPersonSent(sight) || (words > 1 && autoSubmitted(payload) !== null) ? proof : hint;
    signals.push(weigh(automaticClass, `words of a bounce: ${payload.subject}`));
  }
  return signals;
}

/** In how many places it says what a bounce says: the subject, the text, a part for programs. */
function wordsOf(payload: EmailPayload): number {
  const places = [hasBounceSubject(payload.subject), saysBounce(payload), payload.report?.declared === false];
  return places.filter(Boolean).length;
}

/** The mail goes back to the address that it names as its author. */
function writesAsPerson({ payload, envelopeFrom }: Sight): boolean {
  const author = (payload.from[0]?.address ?? '').toLowerCase();
  const back = (envelopeFrom ?? payload.returnPath ?? '').toLowerCase();
  return back === author && autoSubmitted(payload) === null;
}

function noPersonSent(sight: Sight): boolean {
  return DAEMON_NAME.test(sight.payload.from[0]?.name ?? '') || fromNullSender(sight);
}
