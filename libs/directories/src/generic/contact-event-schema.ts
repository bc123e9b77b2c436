import { CONTACT_TYPES } from './event.js';

type Schema = Readonly<Record<string, unknown>>;

const text = (maxLength: number, more: Schema = {}): Schema => ({ type: 'string', minLength: 1, maxLength, ...more });
const clearable = (maxLength: number, more: Schema = {}): Schema => ({
  type: ['string', 'null'],
  minLength: 1,
  maxLength,
  ...more,
});
const flag: Schema = { type: 'boolean' };
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
});
const when = (types: readonly string[], then: Schema): Schema => ({
  if: { properties: { type: { enum: types } }, required: ['type'] },
  then,
});
const addresses: Schema = { type: ['array', 'null'], maxItems: 20, items: ref('address') };

/** A text, or an object: what is said of texts leaves objects alone, and the other way round. */
const address: Schema = {
  ...object({ value: text(320), label: text(60), primary: flag, verified: flag }, ['value']),
  type: ['string', 'object'],
  minLength: 1,
  maxLength: 320,
};

const event: Schema = {
  ...object(
    {
      id: text(200),
      type: text(100),
      occurred_at: { type: 'string', format: 'date-time' },
      external_id: text(500),
      name: clearable(200),
      company: clearable(200),
      locale: clearable(35, { pattern: '^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,5}$' }),
      time_zone: clearable(64, { pattern: '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$' }),
      url: clearable(2000, { format: 'uri' }),
      emails: { ...addresses, description: 'Absent leaves, null clears.' },
      phones: { ...addresses, description: 'Absent leaves, null clears.' },
      complete: { ...flag, description: 'Whether identities that are not listed are the contact’s no more.' },
      merged_external_ids: { type: 'array', minItems: 1, maxItems: 100, items: text(500) },
      email: text(320),
      phone: text(60),
      request_id: text(200),
      subject: text(20_000),
      text: text(65_536, { description: 'At most 64 KiB of UTF-8.' }),
      group: text(100),
      case: { type: 'string', pattern: '^CASE-[1-9][0-9]{0,17}$' },
      test: flag,
    },
    ['id', 'type', 'occurred_at'],
  ),
  allOf: [
    when(['contact.upserted', 'contact.deleted', 'contact.erased'], { required: ['external_id'] }),
    when(['contact.merged'], { required: ['external_id', 'merged_external_ids'] }),
    when(['contact.request'], {
      required: ['request_id', 'subject', 'text'],
      anyOf: [{ required: ['external_id'] }, { required: ['email'] }, { required: ['phone'] }],
    }),
  ],
};

/**
 * What our own webhook of contacts takes (channels.md D), JSON Schema of draft 2020-12; the webhook validates with it. Members that are
 * not named here are taken and read by nobody, and so is an event of another type.
 */
export const CONTACT_EVENT_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: '/schemas/contact-event.json',
  title: 'Event about a contact, or up to 100 of them',
  description: `Types: ${CONTACT_TYPES.join(', ')}. In a single event the header webhook-id stands in for id.`,
  oneOf: [ref('event'), ref('batch')],
  $defs: {
    event,
    batch: object({ events: { type: 'array', minItems: 1, maxItems: 100, items: ref('event') } }, ['events']),
    address,
  },
};
