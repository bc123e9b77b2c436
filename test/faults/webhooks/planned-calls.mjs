/**
 * Calls for the losses program, each with the outcome that it must come to. Nothing here, in the sender and in the checker
 * imports code of the product: signatures, ids and hashes are written anew, after its documentation.
 */
import { createHash, createHmac } from 'node:crypto';
import { URLSearchParams } from 'node:url';

export const GENERIC_SECRET = `whsec_${Buffer.from('thirty-two bytes of a poor secret').toString('base64')}`;
export const TWILIO_TOKEN = 'fedcba98765432100123456789abcdef';
export const TWILIO_ACCOUNT = 'AC00112233445566778899aabbccddeeff';
export const PUBLIC_URL = 'https://hooks.acme.example';
export const LINE = '+351210000000';

const OUTCOMES = ['answered', 'missed', 'abandoned', 'answered', 'missed'];

/** Call number `index` of a run that began at `start`, in seconds since 1970: `{ connection, callId, outcome, requests }`; each request is `{ eventId, body, hash }`. */
export function plannedCall(index, { seed, start }) {
  const outcome = OUTCOMES[(index + seed) % OUTCOMES.length];
  const caller = `+3519${String(10_000_000 + index).slice(-8)}`;
  const at = start - 3600 + (index % 3000);
  return index % 2 === 0
    ? genericCall({ callId: `c-${seed}-${index}`, caller, at, outcome })
    : twilioCall({ callId: `CA${sha(`${seed} ${index}`).slice(0, 32)}`, caller, at, outcome });
}

const sha = (text) => createHash('sha256').update(text).digest('hex');

/** JSON with the members of every object in the order of their names. */
function oneSpelling(value) {
  if (Array.isArray(value)) {
    return value.map(oneSpelling);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, oneSpelling(value[name])]));
}

function genericCall({ callId, caller, at, outcome }) {
  const agent = { email: 'ana@acme.example' };
  const told = (type, seconds, more = {}) => ({
    id: `${callId} ${type}`,
    type,
    occurred_at: new Date((at + seconds) * 1000).toISOString(),
    call_id: callId,
    ...more,
  });
  const events = {
    answered: [
      told('call.ringing', 4, { leg_id: `${callId}-1`, agent }),
      told('call.answered', 9, { leg_id: `${callId}-1`, by: 'agent', agent }),
      told('call.ended', 60, { ended_by: 'caller', reason: 'completed' }),
    ],
    missed: [
      told('call.ringing', 4, { leg_id: `${callId}-1`, agent }),
      told('call.ended', 30, { ended_by: 'system', reason: 'no_answer' }),
    ],
    abandoned: [
      told('call.queued', 1, { queue: 'Support' }),
      told('call.ended', 41, { ended_by: 'caller', reason: 'cancelled' }),
    ],
  }[outcome];
  const all = [told('call.started', 0, { direction: 'inbound', from: caller, to: LINE }), ...events];
  const requests = all.map((event) => {
    return { eventId: event.id, body: JSON.stringify(event), hash: sha(JSON.stringify(oneSpelling(event))) };
  });
  return { connection: 'generic/pbx', callId, outcome, requests };
}

function twilioCall({ callId, caller, at, outcome }) {
  const parties = { From: caller, To: LINE };
  const leg = { CallSid: `${callId.slice(0, -1)}x`, ParentCallSid: callId, From: caller, To: 'client:ana' };
  const date = (seconds) => new Date((at + seconds) * 1000).toUTCString().replace('GMT', '+0000');
  const timed = (seconds, place) => ({ Timestamp: date(seconds), SequenceNumber: String(place) });
  const parent = (status, more = {}) => ({
    CallSid: callId,
    CallStatus: status,
    Direction: 'inbound',
    ...parties,
    ...more,
  });
  const child = (status, more = {}) => ({ ...leg, CallStatus: status, Direction: 'outbound-dial', ...more });
  const forms = {
    answered: [
      child('ringing', timed(4, 1)),
      child('in-progress', timed(9, 2)),
      child('completed', { ...timed(60, 3), CallDuration: '51' }),
      parent('completed', { ...timed(60, 0), CallDuration: '60' }),
    ],
    missed: [
      child('ringing', timed(4, 1)),
      child('no-answer', timed(30, 2)),
      parent('completed', { ...timed(31, 0), CallDuration: '31' }),
    ],
    abandoned: [parent('canceled', { ...timed(20, 0), CallDuration: '20' })],
  }[outcome];
  const requests = [parent('ringing'), ...forms].map((fields) => {
    const all = { AccountSid: TWILIO_ACCOUNT, ...fields };
    const names = ['CallSid', 'CallStatus', 'SequenceNumber', 'Timestamp'];
    const eventId = names.flatMap((name) => all[name] ?? []).join(' ');
    return {
      eventId,
      body: new URLSearchParams(all).toString(),
      hash: sha(JSON.stringify(oneSpelling(all))),
      fields: all,
    };
  });
  return { connection: 'twilio/main', callId, outcome, requests };
}

/** Path and headers of a request, signed now. */
export function signed(connection, { eventId, body, fields }) {
  if (connection === 'generic/pbx') {
    const [id, timestamp] = [`m-${sha(eventId).slice(0, 24)}`, String(Math.floor(Date.now() / 1000))];
    const key = Buffer.from(GENERIC_SECRET.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return {
      path: '/webhooks/generic/pbx',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
    };
  }
  const path = '/webhooks/twilio/main/calls';
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + name + fields[name], PUBLIC_URL + path);
  const signature = createHmac('sha1', TWILIO_TOKEN).update(text).digest('base64');
  return {
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
  };
}

const NAMESPACE = Buffer.from('c5e4b6b03f0a5d0e9a530b7a51a2c0de', 'hex');

/** RFC 9562 §5.5. */
function uuidOf(name) {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The ids under which the product has to know them. */
export const factIdOf = (accountId, connection, { eventId, hash }) =>
  uuidOf(`fact\n${accountId}\ncall\n${connection}\n${eventId}\n0\n${hash}`);
export const interactionIdOf = (accountId, { connection, callId }) =>
  uuidOf(`interaction\n${accountId}\ncall\n${connection}:${callId}`);
