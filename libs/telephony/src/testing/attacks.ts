import type { RefusalReason, WebhookRequest } from '#libs/webhook';
import { NOW, type Sender } from './signed-requests.js';

/** What somebody else, or a careless sender, may do. */
export const ATTACKS = [
  'missing header',
  'missing segment',
  'wrong length',
  'other case',
  'base64url instead of base64',
  'flipped byte of the signature',
  'flipped byte of the body',
  'another address',
  'old timestamp',
  'future timestamp',
  'NaN timestamp',
  'secret of another tenant',
  'secret of nobody',
  'algorithm none',
  'another algorithm with the same key',
  'HS/RS confusion',
  're-serialised JSON',
  'header twice',
  'header of 9 KiB',
  'header that is not ASCII',
  'Host instead of publicUrl',
] as const;
export type Attack = (typeof ATTACKS)[number];

/** A request and why it is refused; or, as text, why the attack cannot be made. */
export type Cell = { readonly request: WebhookRequest; readonly reason: RefusalReason } | string;
export type Row = Readonly<Record<Attack, Cell>>;

const SECONDS = NOW / 1000;

/** What is tried on every scheme that has its signature in a header. */
export function attacksOnSignature(sender: Sender) {
  const request = sender.send();
  const change = (to: (value: string) => readonly string[]) => withHeader(request, sender.signatureHeader!, to);
  const as = (cell: WebhookRequest, reason: RefusalReason) => ({ request: cell, reason });
  return {
    'missing header': as(
      change(() => []),
      'signature-missing',
    ),
    'missing segment': 'the secret is not in the address',
    'wrong length': as(
      change((value) => [value.slice(0, -1)]),
      'signature-mismatch',
    ),
    'flipped byte of the signature': as(
      change((value) => [withOther(value, value.length - 5)]),
      'signature-mismatch',
    ),
    'flipped byte of the body': as(withFlippedBody(request), 'signature-mismatch'),
    'secret of another tenant': as(
      sender.send({ secret: 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4' }),
      'signature-mismatch',
    ),
    'secret of nobody': as(sender.send({ secret: '' }), 'signature-mismatch'),
    'header twice': as(
      change((value) => [value, value]),
      'signature-unreadable',
    ),
    'header of 9 KiB': as(
      change((value) => [value.padEnd(9216, ' x')]),
      'signature-unreadable',
    ),
    'header that is not ASCII': as(
      change((value) => [`${value}\u00a0`]),
      'signature-unreadable',
    ),
  } as const;
}

/** What is tried on every scheme that signs the time. */
export function attacksOnTime(sender: Sender) {
  const at = (timestamp: string, reason: RefusalReason) => ({ request: sender.send({ timestamp }), reason });
  return {
    'old timestamp': at(String(SECONDS - 301), 'timestamp-out-of-range'),
    'future timestamp': at(String(SECONDS + 301), 'timestamp-out-of-range'),
    'NaN timestamp': at('NaN', 'signature-unreadable'),
  } as const;
}

/** What is tried on every scheme that has a secret in the address, and what cannot be. */
export function attacksOnSegment(sender: Sender) {
  const request = sender.send();
  const start = request.target.slice(0, request.target.lastIndexOf('/'));
  const { secret } = sender.sending;
  const given = (segment: string, reason: RefusalReason) => ({
    request: { ...request, target: `${start}/${encodeURIComponent(segment)}` },
    reason,
  });
  const noSignature = 'nothing is signed: no header has a part in it';
  const noBody = 'nothing is signed: the body is believed because of the secret in the address';
  const noTime = 'nothing is signed, no time either: keys of repetition stand against replay';
  return {
    'missing header': noSignature,
    'missing segment': { request: { ...request, target: start }, reason: 'secret-missing' },
    'wrong length': given(secret.slice(0, -1), 'secret-mismatch'),
    'other case': given(secret.toUpperCase(), 'secret-mismatch'),
    'base64url instead of base64': 'the secret is compared as text, letter for letter',
    'flipped byte of the signature': given(withOther(secret, 3), 'secret-mismatch'),
    'flipped byte of the body': noBody,
    'another address': given(`calls/${secret}`, 'secret-mismatch'),
    'old timestamp': noTime,
    'future timestamp': noTime,
    'NaN timestamp': noTime,
    'secret of another tenant': given('the-secret-of-somebody-else', 'secret-mismatch'),
    'secret of nobody': { request: { ...request, target: `${start}/` }, reason: 'secret-missing' },
    'algorithm none': 'there is no algorithm',
    'another algorithm with the same key': 'there is no algorithm',
    'HS/RS confusion': 'there is no key',
    're-serialised JSON': noBody,
    'header twice': noSignature,
    'header of 9 KiB': noSignature,
    'header that is not ASCII': noSignature,
    'Host instead of publicUrl': 'nothing is signed, no host either',
  } as const satisfies Row;
}

/** The request with each value of a header replaced by none, one or several. */
export function withHeader(
  request: WebhookRequest,
  name: string,
  change: (value: string) => readonly string[],
): WebhookRequest {
  const pairs = request.rawHeaders.flatMap((one, index, all) => (index % 2 === 0 ? [[one, all[index + 1]!]] : []));
  const rawHeaders = pairs.flatMap(([one = '', value = '']) =>
    one.toLowerCase() === name.toLowerCase() ? change(value).flatMap((next) => [one, next]) : [one, value],
  );
  return { ...request, rawHeaders };
}

export function withOther(text: string, place: number): string {
  return text.slice(0, place) + (text[place] === 'a' ? 'b' : 'a') + text.slice(place + 1);
}

export function withFlippedBody(request: WebhookRequest): WebhookRequest {
  const body = Buffer.from(request.body);
  body[body.length - 4]! ^= 1;
  return { ...request, body };
}

export function withSerialisedAnew(request: WebhookRequest): WebhookRequest {
  return { ...request, body: Buffer.from(JSON.stringify(JSON.parse(request.body.toString('utf8')))) };
}
