import { BODY_SECRET } from './verify.js';

/** Name in the body, and the placeholder that Talkdesk fills; every value arrives as text, any may be empty. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  event: '{{event}}',
  contact_id: '{{contact.id}}',
  contact_name: '{{contact.name}}',
  contact_email: '{{contact.email}}',
  contact_phone_number: '{{contact.phone}}',
  contact_company: '{{contact.company}}',
  updated_at: '{{contact.updated_at}}',
};

/** The body of a contact's trigger as we want it: a JSON Schema (draft-07) whose defaults are what Talkdesk fills in. */
export function talkdeskContactTemplate(bodySecret: string | null): Readonly<Record<string, unknown>> {
  const constants: Readonly<Record<string, string>> = bodySecret === null ? {} : { [BODY_SECRET]: bodySecret };
  const properties = Object.entries({ ...PLACEHOLDERS, ...constants }).map(
    ([name, value]) => [name, { type: 'string', default: value }] as const,
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: Object.fromEntries<{ type: string; default: string }>(properties),
  };
}
