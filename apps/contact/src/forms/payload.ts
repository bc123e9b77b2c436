import { normaliseEmailAddress, normalisePhoneNumber } from '#libs/interaction';
import { DECOY_FIELD } from '#libs/channel-kit';
import { type BodyProblem, readBody } from '#libs/webhook';

/** What somebody wrote on a form. */
export interface FormPayload {
  readonly token: string;
  readonly name: string | null;
  /** In the spelling that addresses are compared in. */
  readonly email: string | null;
  readonly phone: { readonly number: string; readonly raw: string } | null;
  readonly subject: string;
  readonly text: string;
}

export type PayloadRead =
  | { readonly ok: true; readonly payload: FormPayload }
  | { readonly ok: false; readonly status: 400 | 415; readonly problems: readonly BodyProblem[] };

const LONGEST = { name: 200, email: 320, phone: 60, subject: 200, token: 200 } as const;
const EMAIL = /^[^@\s<>,;"]+@[^@\s<>,;"][^@\s<>,;".]*\.[^@\s<>,;"]+$/;

/** Reads what a form was sent, JSON or a form of HTML. `country`: of numbers that are written without one. Never throws. */
export function readPayload(
  request: { readonly body: Buffer; readonly rawHeaders: readonly string[] },
  country: string | null,
): PayloadRead {
  const body = readBody(request);
  if (!body.ok) {
    return body;
  }
  const { plain } = body;
  const problems: BodyProblem[] = [];
  const wrong = (name: string, code: string, detail: string): void =>
    void problems.push({ pointer: `/${name}`, code, detail });
  const field = (name: keyof typeof LONGEST): string => {
    const value = textOf(plain, name);
    if (value === undefined) {
      wrong(name, 'type', 'write a text');
    } else if (value.length > LONGEST[name]) {
      wrong(name, 'length', `may have ${LONGEST[name]} characters`);
    }
    return (value ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  };
  const [token, name, subject] = [field('token'), field('name'), field('subject')];
  const [emailAsWritten, phoneAsWritten] = [field('email'), field('phone')];
  const text = (textOf(plain, 'text') ?? '').replace(/\r\n?/g, '\n').trim();
  const email = EMAIL.test(emailAsWritten) ? normaliseEmailAddress(emailAsWritten) : null;
  const number = phoneAsWritten === '' ? null : normalisePhoneNumber(phoneAsWritten, country);
  if (emailAsWritten !== '' && email === null) {
    wrong('email', 'email', 'is no email address');
  }
  if (phoneAsWritten !== '' && number === null) {
    wrong('phone', 'phone', 'is no telephone number');
  }
  if (emailAsWritten === '' && phoneAsWritten === '') {
    wrong('email', 'required', 'is missing: write an email address or a telephone number');
  }
  if (subject === '') {
    wrong('subject', 'required', 'is missing');
  }
  if (text === '') {
    wrong('text', 'required', 'is missing');
  }
  if (textOf(plain, DECOY_FIELD) !== '') {
    wrong(DECOY_FIELD, 'decoy', 'has to stay empty');
  }
  const phone = number === null ? null : { number, raw: phoneAsWritten };
  return problems.length > 0
    ? { ok: false, status: 400, problems }
    : { ok: true, payload: { token, name: name === '' ? null : name, email, phone, subject, text } };
}

/** Empty where it is not there; undefined for what is no text, and for several of one name. */
function textOf(plain: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = Object.hasOwn(plain, name) ? (plain[name] ?? '') : '';
  return typeof value === 'string' ? value : undefined;
}
