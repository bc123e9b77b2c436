import { CALL_TYPES, VOICEMAIL_TYPES } from './event.js';

type Schema = Readonly<Record<string, unknown>>;

const text = (maxLength: number, more: Schema = {}): Schema => ({ type: 'string', minLength: 1, maxLength, ...more });
const words = (maxLength: number): Schema => ({ type: 'string', maxLength });
const whole = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): Schema => ({ type: 'integer', minimum, maximum });
const one = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
const flag: Schema = { type: 'boolean' };
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const instant: Schema = { type: 'string', format: 'date-time' };
const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
});
const when = (types: readonly string[], then: Schema): Schema => ({
  if: { properties: { type: { enum: types } }, required: ['type'] },
  then,
});

const recording = object(
  {
    id: text(200),
    url: text(4096, { format: 'uri' }),
    media_type: text(255),
    channels: whole(1, 100),
    started_at: instant,
    duration_ms: whole(0),
    status: one('available', 'absent', 'failed'),
    consent: words(100),
  },
  ['id', 'status'],
);

const segment = object(
  { start_ms: whole(0), end_ms: whole(0), speaker: words(200), text: words(10_000), confidence: share },
  ['start_ms', 'end_ms', 'text'],
);

const transcript = object(
  {
    recording_id: text(200),
    language: { type: 'string', pattern: '^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,5}$' },
    text: words(64 * 1024),
    segments: { type: 'array', maxItems: 2000, items: segment },
    confidence: share,
    engine: text(100),
    status: one('completed', 'failed'),
  },
  ['status'],
);

const agent: Schema = {
  ...object({ email: text(320, { minLength: 3 }), extension: text(40), id: text(200), name: words(200) }),
  anyOf: [{ required: ['email'] }, { required: ['extension'] }, { required: ['id'] }],
};

/** A text, or an object: what is said of texts leaves objects alone, and the other way round. */
const party: Schema = {
  type: ['string', 'object'],
  maxLength: 200,
  properties: { number: words(200), name: words(200), extension: text(40), withheld: flag },
};

const voicemail = object({
  id: text(200),
  mailbox: object({ id: text(200), label: words(200) }, ['id']),
  duration_ms: whole(0),
  callback_number: words(200),
  urgent: flag,
});

const event: Schema = {
  ...object(
    {
      id: text(200),
      type: text(100),
      occurred_at: instant,
      call_id: text(200),
      leg_id: text(200),
      parent_call_id: text(200),
      direction: one('inbound', 'outbound', 'internal'),
      from: ref('party'),
      to: ref('party'),
      line: text(200),
      queue: text(200),
      agent: ref('agent'),
      agents: { type: 'array', maxItems: 50, items: ref('agent') },
      contact: object({ integration: text(100), external_id: text(500) }, ['integration', 'external_id']),
      verified: flag,
      case: { type: 'string', pattern: '^CASE-[1-9][0-9]{0,17}$' },
      tags: { type: 'array', maxItems: 20, items: text(50) },
      data: { type: 'object', description: 'At most 8 KiB of JSON.' },
      test: flag,
      by: one('agent', 'system'),
      transfer: object(
        { kind: one('blind', 'attended', 'external'), agent: ref('agent'), to: ref('party'), new_call_id: text(200) },
        ['kind'],
      ),
      ended_by: one('caller', 'agent', 'system', 'unknown'),
      reason: one('completed', 'no_answer', 'busy', 'rejected', 'cancelled', 'failed', 'voicemail', 'blocked'),
      q850: whole(1, 127),
      sip: whole(100, 699),
      started_at: instant,
      ringing_at: instant,
      answered_at: instant,
      recording: ref('recording'),
      transcript: ref('transcript'),
      voicemail,
    },
    ['id', 'type', 'occurred_at'],
  ),
  allOf: [
    when(CALL_TYPES, { required: ['call_id'] }),
    when(['call.ringing'], { anyOf: [{ required: ['agent'] }, { required: ['agents'] }] }),
    when(['call.transferred'], { required: ['transfer'] }),
    when(['call.recording'], { required: ['recording'] }),
    when(['call.transcript'], { required: ['transcript'] }),
    when(['voicemail.left'], { required: ['voicemail', 'recording'] }),
    when(['voicemail.transcript'], {
      required: ['transcript'],
      anyOf: [{ required: ['call_id'] }, { required: ['voicemail'], properties: { voicemail: { required: ['id'] } } }],
    }),
    {
      if: { properties: { type: { const: 'call.answered' }, by: { const: 'agent' } }, required: ['type', 'by'] },
      then: { required: ['agent'] },
    },
  ],
};

/**
 * What our own webhook takes (channels.md B), JSON Schema of draft 2020-12; the webhook validates with it. Members that are not
 * named here are taken and read by nobody, and so is an event of another type.
 */
export const CALL_EVENT_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: '/schemas/call-event.json',
  title: 'Call or voicemail event, or up to 100 of them',
  description: `Types: ${[...CALL_TYPES, ...VOICEMAIL_TYPES].join(', ')}. In a single event the header webhook-id stands in for id.`,
  oneOf: [ref('event'), ref('batch')],
  $defs: {
    event,
    batch: object({ events: { type: 'array', minItems: 1, maxItems: 100, items: ref('event') } }, ['events']),
    party,
    agent,
    recording,
    transcript,
  },
};
