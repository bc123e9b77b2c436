import type { Schema } from './document.js';
import { VALUES_OF_REQUIRED_FIELDS } from './template.js';

/**
 * What makes sense to an operation, and no schema says. An operation that is not named here is asked as its description has
 * it, which reaches most of them; a run says which it does not reach.
 */
export interface Sense {
  /** Words that the thing in the path says of itself, one of which makes it fit: `resolved`. */
  readonly states?: readonly string[];
  /** Of which most bodies have one: each is put on top of the described schema. */
  readonly forms?: readonly Schema[];
  /** The same of the query, whose schema has the parameters as its properties. */
  readonly queries?: readonly Schema[];
}

const OWNED = ['open', 'pending', 'on_hold'];
const LIVE = ['new', ...OWNED];
const known = (kind: string, ...states: readonly string[]): Schema => ({ 'x-known': kind, 'x-states': states });
const one = (value: unknown): Schema => ({ const: value });
/** A form of these members: all of them are there. */
const form = (properties: Readonly<Record<string, Schema>>, ...others: readonly string[]): Schema => {
  return { properties, required: [...Object.keys(properties), ...others] };
};

const ASSIGNEE = { assignee_id: known('agent') };
const OF_INCIDENT = { type: one('incident'), problem_id: known('case', 'unresolved problem') };
const OF_TASK = { type: one('task'), due_on: { type: 'string', format: 'date' } };
const WITH_STATUS = { status: { enum: OWNED } };
const RESOLVED = { status: one('resolved'), resolution: { type: 'string', minLength: 1, examples: ['It_works'] } };
const ANSWERS = { custom_fields: known(VALUES_OF_REQUIRED_FIELDS) };
const FILES = { attachment_ids: { type: 'array', minItems: 1, maxItems: 2, items: known('attachment') } };

const TAGS = { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', pattern: '^[a-z]{1,8}$' } };

const NUMBER = { kind: one('phone'), value: { type: 'string', pattern: '^\\+35191[0-9]{7}$' } };
const ADDRESS = { kind: one('email'), value: { type: 'string', pattern: '^[a-z]{1,12}@[a-z]{1,8}\\.example$' } };
const IDENTITY = { oneOf: [NUMBER, ADDRESS].map((of) => ({ ...form(of), type: 'object' })) };
const IDENTITIES = { type: 'array', minItems: 1, maxItems: 2, items: IDENTITY };

/** By `operationId`. */
export const SENSE: Readonly<Record<string, Sense>> = {
  createCase: {
    forms: [
      form({}, 'requester'),
      form(ASSIGNEE, 'requester'),
      form({ ...ASSIGNEE, ...WITH_STATUS }, 'requester'),
      form({ ...ASSIGNEE, status_id: known('status', ...OWNED) }, 'requester'),
      form({ ...ASSIGNEE, ...RESOLVED, ...ANSWERS }, 'requester'),
      form({ ...ASSIGNEE, ...OF_TASK }, 'requester'),
      form({ ...ASSIGNEE, type: one('problem') }, 'requester'),
      form(OF_INCIDENT, 'requester'),
      form({ parent_id: known('case', ...LIVE) }, 'requester'),
    ],
  },
  updateCase: {
    states: LIVE,
    forms: [
      form({}, 'subject'),
      form({}, 'priority'),
      form({}, 'tags'),
      form({ ...ASSIGNEE, ...WITH_STATUS }),
      form({ ...ASSIGNEE, ...RESOLVED, ...ANSWERS }),
      form({ ...ASSIGNEE, ...OF_TASK }),
      form(OF_INCIDENT),
      form({ type: { enum: ['problem', 'question', null] }, problem_id: one(null) }),
      form({ parent_id: known('case', ...LIVE) }),
    ],
  },
  getLatestCase: {
    queries: [
      form({ contact_id: known('contact') }),
      form({ email: known('email') }),
      form({ phone: { type: 'string', examples: ['+351210000000'] } }),
      form({ external: { type: 'string', examples: ['hubspot:1246965'] } }),
    ],
  },
  assignCase: { states: LIVE, forms: [form(ASSIGNEE), form({ auto: one(true) })] },
  unassignCase: { states: OWNED },
  resolveCase: {
    states: OWNED,
    forms: [
      form({ resolution: RESOLVED.resolution, ...ANSWERS }),
      form({ resolution: RESOLVED.resolution, status_id: known('status', 'resolved'), ...ANSWERS }),
    ],
  },
  reopenCase: { states: ['resolved'], forms: [form(ASSIGNEE), form({ status_id: known('status', ...OWNED) })] },
  mergeCases: {
    states: LIVE,
    forms: [
      form({
        source_ids: { type: 'array', minItems: 1, maxItems: 3, items: known('case', ...LIVE) },
        confirm_cross_requester: one(true),
      }),
    ],
  },
  attachToCase: { states: LIVE, forms: [form(FILES)] },
  changeCaseTags: {
    states: LIVE,
    forms: [form({ add: TAGS }), form({ remove: TAGS }), form({ add: TAGS, remove: TAGS })],
  },
  changeCaseParticipants: { states: LIVE, forms: [form({}, 'add'), form({}, 'remove')] },
  restoreCase: { states: ['deleted'] },
  releaseFromQuarantine: { states: ['waiting'] },
  rejectFromQuarantine: { states: ['waiting'] },
  createCallBarToken: { forms: [form({ agent: known('agent') })] },
  createComment: { forms: [form({}, 'body_text'), form({}, 'body_html'), form(FILES, 'body_text')] },
  listContacts: {
    queries: [
      form({}),
      form({ email: known('email') }),
      form({ phone: { type: 'string', examples: ['+351210000000'] } }),
      form({ external: { type: 'string', examples: ['hubspot:1246965'] } }),
      form({ q: { type: 'string', pattern: '^[a-z]{3,8}$' } }),
    ],
  },
  createContact: {
    forms: [form({}, 'name'), form({ identities: IDENTITIES }), form({ identities: IDENTITIES }, 'name')],
  },
  upsertContact: { forms: [form({}, 'name'), form({ identities: IDENTITIES })] },
  createContactIdentity: { forms: [form(NUMBER), form(ADDRESS)] },
  mergeContacts: {
    forms: [
      form({ into: known('contact'), from: { type: 'array', minItems: 1, maxItems: 2, items: known('contact') } }),
    ],
  },
  unmergeContact: { states: ['merged'], forms: [form({ contact_id: known('merged_contact') })] },
  createCaseField: {
    forms: [form({ type: { enum: ['checkbox', 'text', 'multi_line_text', 'numeric', 'decimal', 'date'] } })],
  },
};
