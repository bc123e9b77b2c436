import { TALKDESK_SECRET } from './acme-telephony.js';
import { generic, talkdesk, twilio, zammad, type Sent } from './senders.js';

export const STARTED = {
  id: 'e1',
  type: 'call.started',
  occurred_at: '2026-03-02T10:15:00Z',
  call_id: 'c-77',
  from: '+351210000001',
  to: '+351210000000',
};
export const FORM = 'CallSid=CA1&CallStatus=ringing&From=%2B351210000001&To=%2B351210000000&Direction=inbound';
const NEW_CALL = { event: 'newCall', callId: 'c-1', from: '351210000001', to: '351210000000', direction: 'in' };
const ENDS = { event: 'inboundCallEnds', call_id: 't-1', contact_phone_number: '+351210000001' };

export const at = (path: string, sent: Sent): Sent => ({ ...sent, path: `/webhooks/${path}` });
export const saying = (body: string, sent: Sent): Sent => ({ ...sent, body });
const and = (headers: Record<string, string>, sent: Sent): Sent => ({
  ...sent,
  headers: { ...sent.headers, ...headers },
});
const without = (name: string, { headers, ...sent }: Sent): Sent => {
  const { [name]: _, ...rest } = headers;
  return { ...sent, headers: rest };
};

/** A form of several parts (RFC 7578), as some telephone systems send Zammad's events. */
function inParts(fields: Readonly<Record<string, string>>): Sent {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const sent = saying(`${parts.join('')}--x--\r\n`, zammad(NEW_CALL));
  return and({ 'content-type': 'multipart/form-data; boundary=x' }, sent);
}

interface Answered {
  readonly status: number;
  /** In the log of deliveries; the code of the problem, too, where it is one. */
  readonly reason: string | null;
  readonly to: Readonly<Record<string, () => Sent>>;
}

/** Everything that is sent to a connection, by how it is answered (channels.md A). */
const ANSWERS: readonly Answered[] = [
  {
    status: 202,
    reason: null,
    to: {
      'our own webhook': () => generic(STARTED),
      'our own webhook, at its address for calls': () => generic(STARTED, '/calls'),
      'our own webhook, at its address for voicemails': () => generic(STARTED, '/voicemails'),
    },
  },
  {
    status: 200,
    reason: null,
    to: {
      'a form of Twilio': () => twilio(FORM),
      'a form of Twilio with a query': () => twilio(FORM, '/calls', '?tenant=1'),
      'an event of Zammad': () => zammad(NEW_CALL),
      'a form of Zammad in parts': () => inParts(NEW_CALL),
      'an event of Zammad without calls in its address': () => zammad(NEW_CALL, ''),
      'a trigger of Talkdesk': () => talkdesk(ENDS),
    },
  },
  {
    status: 202,
    reason: 'unknown-type: call.sung',
    to: { 'an unknown type': () => generic({ ...STARTED, type: 'call.sung' }) },
  },
  { status: 202, reason: 'test', to: { 'a test': () => generic({ ...STARTED, test: true }) } },
  {
    status: 401,
    reason: 'signature-missing',
    to: { 'no signature': () => without('webhook-signature', generic(STARTED)) },
  },
  {
    status: 401,
    reason: 'secret-missing',
    to: {
      'no secret': () => at('zammad/pbx', zammad(NEW_CALL)),
      'a body without the constant of the template': () => saying(JSON.stringify(ENDS), talkdesk(ENDS)),
    },
  },
  {
    status: 403,
    reason: 'signature-mismatch',
    to: {
      'another body than was signed': () => saying('{"id":"e2"}', generic(STARTED)),
      'an address that was not signed': () => at('twilio/main?more=1', twilio(FORM)),
    },
  },
  {
    status: 403,
    reason: 'timestamp-out-of-range',
    to: { 'an old signature': () => and({ 'webhook-timestamp': '1700000000' }, generic(STARTED)) },
  },
  {
    status: 403,
    reason: 'secret-mismatch',
    to: {
      'another secret': () => at('zammad/pbx/another-secret-of-somebody', zammad(NEW_CALL)),
      'the secret of another connection': () => at(`zammad/pbx/${TALKDESK_SECRET}`, zammad(NEW_CALL)),
    },
  },
  {
    status: 400,
    reason: 'invalid-event',
    to: {
      'no JSON': () => generic('{"id":'),
      'a list': () => generic('[]'),
      'half a letter': () => generic('{"id":"\\ud800"}'),
      'an empty body': () => generic(''),
      '41 levels': () => generic(`${'{"a":'.repeat(41)}1${'}'.repeat(41)}`),
      'a hundred thousand levels': () => generic(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
      'a field that is missing': () => generic({ ...STARTED, call_id: undefined }),
      '101 events': () => generic({ events: Array(101).fill(STARTED) }),
      'a form in parts without its end': () =>
        saying('--x\r\nContent-Disposition: form-data; name="event"\r\n\r\nnew', inParts(NEW_CALL)),
      'a form in parts that are none': () => and({ 'content-type': 'multipart/form-data' }, inParts(NEW_CALL)),
      'a call without a name': () => zammad({ event: 'newCall' }),
    },
  },
  {
    status: 404,
    reason: 'not-found',
    to: {
      'an unknown connection': () => at('generic/other', generic(STARTED)),
      'an unknown provider': () => at('constructor/pbx', generic(STARTED)),
      'a segment too many': () => at('generic/pbx/more', generic(STARTED)),
      'two segments too many': () => at('generic/pbx/calls/a/b', generic(STARTED)),
    },
  },
  {
    status: 413,
    reason: 'body-too-large',
    to: {
      'a body that is too large': () => generic({ ...STARTED, data: 'x'.repeat(300_000) }),
      'a form that is too large': () => twilio(`${FORM}&More=${'x'.repeat(1_100_000)}`),
    },
  },
  {
    status: 415,
    reason: 'unsupported-media-type',
    to: {
      'another type': () => and({ 'content-type': 'text/plain' }, generic(STARTED)),
      'a form where JSON is sent': () => and({ 'content-type': 'application/x-www-form-urlencoded' }, generic(STARTED)),
      'a compressed body': () => and({ 'content-encoding': 'gzip' }, generic(STARTED)),
    },
  },
  {
    status: 431,
    reason: 'headers-too-large',
    to: { 'a header that is too long': () => and({ 'x-more': 'x'.repeat(9000) }, generic(STARTED)) },
  },
];

/** One row for each of them: what, how it is sent, status, verdict (null: it is no delivery) and reason. */
export const TABLE = ANSWERS.flatMap(({ status, reason, to }) =>
  Object.entries(to).map(([what, sent]) => [what, sent, status, verdictOf(status), reason] as const),
);

function verdictOf(status: number): string | null {
  if (status < 300) {
    return 'verified';
  }
  return status === 404 ? null : [401, 403].includes(status) ? 'refused' : 'malformed';
}
