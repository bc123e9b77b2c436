import { BODY_SECRET } from './verify.js';

/** Name in the body, and the placeholder that Talkdesk fills; every value arrives as text, any may be empty (field.md §3.1). */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  event: '{{event}}',
  call_id: '{{call_id}}',
  interaction_id: '{{interaction_id}}',
  interaction_context_id: '{{interaction_context_id}}',
  interaction_type: '{{interaction.type}}',
  account_id: '{{account_id}}',
  contact_id: '{{contact.id}}',
  contact_name: '{{contact.name}}',
  contact_email: '{{contact.email}}',
  contact_phone_number: '{{contact_phone_number}}',
  talkdesk_phone_number: '{{talkdesk_phone_number}}',
  agent_id: '{{agent_id}}',
  agent_name: '{{agent.name}}',
  agent_email: '{{agent.email}}',
  tags: '{{tags}}',
  total_duration: '{{total_duration}}',
  duration: '{{duration}}',
  waiting_time: '{{waiting_time}}',
  hold_time: '{{hold_time}}',
  hangup: '{{hangup}}',
  phone_ivr: '{{phone.ivr}}',
};

/** The body of a trigger as we want it: a JSON Schema (draft-07) whose defaults are what Talkdesk fills in. */
export function talkdeskTemplate(bodySecret: string | null): Readonly<Record<string, unknown>> {
  const constants: Readonly<Record<string, string>> = bodySecret === null ? {} : { [BODY_SECRET]: bodySecret };
  const properties = Object.entries<string>({ ...PLACEHOLDERS, ...constants }).map(
    ([name, value]) => [name, { type: 'string', default: value }] as const,
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: Object.fromEntries<{ type: string; default: string }>(properties),
  };
}

/** The body that Talkdesk makes of our template: every name of it, empty where nothing is known, and what else is said. */
export function filledTemplate(
  said: Readonly<Record<string, string>>,
  bodySecret: string | null,
): Readonly<Record<string, string>> {
  const empty = Object.fromEntries(Object.keys(PLACEHOLDERS).map((name) => [name, '']));
  return { ...empty, ...said, ...(bodySecret === null ? {} : { [BODY_SECRET]: bodySecret }) };
}
