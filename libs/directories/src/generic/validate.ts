import { eventCheck, MOST_PROBLEMS, type BodyProblem } from '#libs/webhook';
import { type AddressKind, addressOf } from '../facts/addresses.js';
import { CONTACT_EVENT_SCHEMA } from './contact-event-schema.js';
import type { GenericAddress, GenericContactEvent } from './event.js';

const LONGEST_TEXT_BYTES = 64 * 1024;
const LONGEST_SUBJECT = 20_000;

const check = eventCheck('contact-event', CONTACT_EVENT_SCHEMA);

const WRONG: Readonly<Record<AddressKind, Omit<BodyProblem, 'pointer'>>> = {
  email: { code: 'email', detail: 'is no email address' },
  phone: {
    code: 'phone',
    detail: 'is no telephone number: write it as +351210000001, or as in the country of the connection',
  },
};

/**
 * What is wrong with a body of our own webhook: one event, or `events`. At most 20 problems, each by its pointer. Whoever writes to it can
 * put right what it is told, so an address that is none is refused and not left out.
 */
export function problemsOfBody(
  plain: Readonly<Record<string, unknown>>,
  country: string | null,
): readonly BodyProblem[] {
  const problems = check(plain);
  if (problems.length > 0) {
    return problems;
  }
  const isBatch = Object.hasOwn(plain, 'events');
  const events = (isBatch ? plain['events'] : [plain]) as readonly GenericContactEvent[];
  const found = events.flatMap((event, index) => problemsOfEvent(event, isBatch ? `/events/${index}` : '', country));
  return found.slice(0, MOST_PROBLEMS);
}

function problemsOfEvent(event: GenericContactEvent, at: string, country: string | null): BodyProblem[] {
  const { emails, phones, email, phone, subject = '', text = '' } = event;
  const wrong = (kind: AddressKind, list: readonly GenericAddress[] | null | undefined, pointer: string) =>
    (list ?? []).flatMap((one, index) => {
      const isText = typeof one === 'string';
      const place = `${at}${pointer}/${index}${isText ? '' : '/value'}`;
      return addressOf(kind, isText ? one : one.value, country) === null ? [{ pointer: place, ...WRONG[kind] }] : [];
    });
  const alone = (kind: AddressKind, value: string | undefined) =>
    value !== undefined && addressOf(kind, value, country) === null
      ? [{ pointer: `${at}/${kind}`, ...WRONG[kind] }]
      : [];
  return [
    ...wrong('email', emails, '/emails'),
    ...wrong('phone', phones, '/phones'),
    ...alone('email', email),
    ...alone('phone', phone),
    ...(Buffer.byteLength(text) > LONGEST_TEXT_BYTES
      ? [{ pointer: `${at}/text`, code: 'length', detail: 'may have 64 KiB of UTF-8' }]
      : []),
    ...(subject.length > LONGEST_SUBJECT
      ? [{ pointer: `${at}/subject`, code: 'length', detail: 'may have 20000 characters' }]
      : []),
    ...(event.type === 'contact.request' && subject.trim() === ''
      ? [{ pointer: `${at}/subject`, code: 'length', detail: 'must have 1 characters or more' }]
      : []),
  ];
}
