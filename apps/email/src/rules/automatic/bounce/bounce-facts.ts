import { normaliseEmailAddress } from '#libs/interaction';
import { beginning, type EmailPayload, untaggedSubject } from '#libs/mail';
import { valuesOf } from '../signal.js';
import { BOUNCE_SUBJECTS } from './bounce-subjects.js';
import { BOUNCE_PHRASES, DELAY_PHRASES, FAILURE_PHRASES } from './bounce-words.js';

const MOST_OF_THE_TEXT = 8 * 1024;
const MOST_RECIPIENTS = 50;
/** Where the copy of the mail that came back begins: whoever is named below it failed nobody. */
const COPY_BELOW =
  /^[\s>*-]*(below this line is a copy|original message\b|this is a copy of|the (body|text) of the message|message header follows|original message (headers|follows)|unsent message below|begin(ning)? of (the )?(original )?message|returned message|received: from|return-path:|diagnostic information for administrators|message-id:|nachrichtenkopf|ursprüngliche nachricht)/i;

/**
 * Whether the bounce is final (RFC 3463): what the report says, else the first status code in the text, else its
 * words. What says nothing is taken for temporary: that does the address no harm.
 */
export function bounceClass(payload: EmailPayload): 'bounce_hard' | 'bounce_soft' {
  const { report } = payload;
  if (report?.kind === 'delivery' && report.action !== null) {
    const temporary = report.action !== 'failed' || report.status?.startsWith('4') === true;
    return temporary ? 'bounce_soft' : 'bounce_hard';
  }
  const said = wordsOf(payload);
  if (DELAY_PHRASES.some((phrase) => said.includes(phrase))) {
    return 'bounce_soft';
  }
  const code = report?.status ?? statusIn(said);
  if (code !== null) {
    return code.startsWith('5') ? 'bounce_hard' : 'bounce_soft';
  }
  const failed = valuesOf(payload, 'x-failed-recipients').length > 0 || subjectSaysFailure(payload.subject);
  return failed || FAILURE_PHRASES.some((phrase) => said.includes(phrase)) ? 'bounce_hard' : 'bounce_soft';
}

/** The subject begins as that of a bounce, in whatever language. */
export function hasBounceSubject(subject: string): boolean {
  const start = untaggedSubject(subject).slice(0, 200).toLowerCase();
  return BOUNCE_SUBJECTS.some((phrase) => start.startsWith(phrase));
}

/** Those that only name a kind of report say nothing about how it went. */
function subjectSaysFailure(subject: string): boolean {
  return (
    hasBounceSubject(subject) &&
    !/^(mail |message )?delivery (status|subsystem|system|notification)/i.test(untaggedSubject(subject))
  );
}

/** The text has what programs write that hand mail on. */
export function saysBounce(payload: EmailPayload): boolean {
  const said = lowerText(payload);
  return BOUNCE_PHRASES.some((phrase) => said.includes(phrase));
}

/**
 * The addresses that a bounce is about, normalised, each once:
 * 1. what the report names,
 * 2. else X-Failed-Recipients,
 * 3. else the addresses in the text above the copy of what came back,
 * 4. else the recipients of what came back.
 */
export function failedRecipients(payload: EmailPayload): string[] {
  const excluded = new Set([...payload.from, ...payload.to, ...payload.cc].map(({ address }) => normalised(address)));
  const named = (addresses: readonly string[]) => [
    ...new Set(addresses.map(normalised).filter((address) => address !== null)),
  ];
  const strangers = (addresses: readonly string[]) => named(addresses).filter((address) => !excluded.has(address));
  const header = valuesOf(payload, 'x-failed-recipients').flatMap((value) => value.split(/[\s,;]+/));
  const sources = [
    named(payload.report?.failedRecipients ?? []),
    named(header),
    strangers(addressesIn(payload.text)),
    strangers(payload.returned.recipients),
  ];
  return (sources.find((found) => found.length > 0) ?? []).slice(0, MOST_RECIPIENTS);
}

function normalised(address: string): string | null {
  return normaliseEmailAddress(address.slice(0, 400));
}

/** Addresses above the copy, those that begin their line first: there the programs put them. */
function addressesIn(text: string): string[] {
  const lines = beginning(text, MOST_OF_THE_TEXT).split(/\r?\n/);
  const copy = lines.findIndex((line) => COPY_BELOW.test(line.slice(0, 200)));
  const above = copy === -1 ? lines : lines.slice(0, copy);
  const first: string[] = [];
  const within: string[] = [];
  for (const line of above) {
    const found = line
      .split(/[\s<>()[\]",;:'`|]+/)
      .map((word) => word.replace(/\.$/, ''))
      .filter(isAddress);
    const leads = found[0] !== undefined && line.replace(/^[\s<>("'*-]+/, '').startsWith(found[0]);
    (leads ? first : within).push(...found);
  }
  return first.length > 0 ? first : within;
}

function isAddress(word: string): boolean {
  const at = word.indexOf('@');
  return at > 0 && at === word.lastIndexOf('@') && word.length <= 320 && /[\p{L}\p{N}]$/u.test(word.slice(at + 1));
}

function lowerText(payload: EmailPayload): string {
  return beginning(payload.text, MOST_OF_THE_TEXT).toLowerCase().replace(/\s+/g, ' ').replaceAll('’', "'");
}

/** The subject counts as well: old programs say in it alone that they only warn. */
function wordsOf(payload: EmailPayload): string {
  return `${payload.subject.slice(0, 300).toLowerCase()} ${lowerText(payload)}`;
}

/** An enhanced status code (RFC 3463) that is no part of an address or a version, else a reply code beside its words. */
function statusIn(said: string): string | null {
  const enhanced = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)/.exec(said)?.[0];
  const reply = /(?:smtp|said|error|code|status|response|reply|remote|host)[^\d]{0,40}([45])[0-5]\d(?!\d)/.exec(
    said,
  )?.[1];
  return enhanced ?? reply ?? null;
}
