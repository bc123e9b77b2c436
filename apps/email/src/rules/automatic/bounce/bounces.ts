import { autoSubmitted } from '../auto-submitted.js';
import { fromNullSender, hint, proof, valuesOf, type Sight, type Signal } from '../signal.js';
import { bounceClass, hasBounceSubject, saysBounce } from './bounce-facts.js';

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
  const address = payload.from[0]?.address ?? '';
  const failed = valuesOf(payload, 'x-failed-recipients')[0] ?? '';
  const byAddress = DAEMON.test(address) ? 'daemon' : POSTMASTER.test(address) ? 'postmaster' : null;
  const words = wordsOf(sight, byAddress !== null);
  if (failed === '' && byAddress === null && words === 0) {
    return [];
  }
  const automaticClass = bounceClass(payload);
  const sure = byAddress === 'daemon' || words > 0 || !writesAsPerson(sight);
  const wordsDecide = noPersonSent(sight) || (words > 1 && autoSubmitted(payload) !== null);
  return [
    ...(failed === '' ? [] : [proof(automaticClass, `X-Failed-Recipients: ${failed}`)]),
    ...(byAddress === null ? [] : [(sure ? proof : hint)(automaticClass, `From: ${address}`)]),
    ...(words === 0 ? [] : [(wordsDecide ? proof : hint)(automaticClass, `words of a bounce: ${payload.subject}`)]),
  ];
}

/**
 * In how many places it says what a bounce says: the subject, a part for programs, the text. The text is read only
 * where something else is odd: in nearly all mail nothing is.
 */
function wordsOf(sight: Sight, fromDaemon: boolean): number {
  const { payload } = sight;
  const hasPart = payload.report?.kind === 'delivery' && !payload.report.declared;
  const places = [hasBounceSubject(payload.subject), hasPart].filter(Boolean).length;
  const odd = places > 0 || fromDaemon || noPersonSent(sight) || autoSubmitted(payload) !== null;
  return places + (odd && saysBounce(payload) ? 1 : 0);
}

/** The mail goes back to the address that it names as its author, as far as anybody knows where it goes back to. */
function writesAsPerson({ payload, envelopeFrom }: Sight): boolean {
  const author = (payload.from[0]?.address ?? '').toLowerCase();
  const back = (envelopeFrom ?? payload.returnPath ?? '').toLowerCase();
  const unknown = envelopeFrom === null && valuesOf(payload, 'return-path').length === 0;
  return (unknown || back === author) && autoSubmitted(payload) === null;
}

/** A daemon's name, or nobody's address: the null sender in the envelope or, by old Exchange, in From. */
function noPersonSent(sight: Sight): boolean {
  const [from] = sight.payload.from;
  return DAEMON_NAME.test(from?.name ?? '') || (from?.address ?? '') === '' || fromNullSender(sight);
}
