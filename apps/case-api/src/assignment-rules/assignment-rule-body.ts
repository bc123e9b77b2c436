import { OPERATORS, PRIORITIES, RULE_FIELD_NAMES, RULED_TYPES, STRATEGIES } from '#libs/case-domain';
import { ANSWERED } from '../body/configured.js';
import { described, type Field, readOnly, required, type Schema } from '../body/field.js';
import { integer, line, oneOf, truth } from '../body/values.js';

const COMPARISON = {
  type: 'object',
  additionalProperties: false,
  required: ['field', 'op'],
  properties: {
    field: {
      type: 'string',
      description: `One of: ${RULE_FIELD_NAMES.join(', ')}.`,
      examples: ['requester.email_domain'],
    },
    op: { type: 'string', enum: [...OPERATORS], description: 'Not every field can have each.' },
    value: { description: 'A list of `in` and `not_in`; absent of `present` and `absent`.', examples: ['vip.example'] },
  },
};
const branchOf = (match: 'any' | 'all') => ({
  type: 'object',
  additionalProperties: false,
  required: [match],
  properties: { [match]: { type: 'array', items: COMPARISON, minItems: 1, maxItems: 20 } },
});
const CONDITIONS = {
  type: 'array',
  maxItems: 20,
  items: { oneOf: [COMPARISON, branchOf('any'), branchOf('all')] },
  examples: [[{ field: 'requester.email_domain', op: 'is', value: 'vip.example' }]],
} as Schema;

const ID_OR_NAME = { type: 'string', maxLength: 330 };
const ACTION_SCHEMAS = {
  group_id: { ...ID_OR_NAME, examples: ['name:Support'] },
  assignee_id: { ...ID_OR_NAME, examples: ['email:ana@acme.example'] },
  strategy: { type: 'string', enum: [...STRATEGIES] },
  priority: { type: 'string', enum: [...PRIORITIES] },
  type: { type: 'string', enum: [...RULED_TYPES] },
  tags_add: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 64 }, minItems: 1, maxItems: 20 },
  problem_id: { ...ID_OR_NAME, examples: ['number:12'] },
};
const ACTIONS = {
  type: 'array',
  minItems: 1,
  maxItems: 7,
  items: {
    oneOf: Object.entries(ACTION_SCHEMAS).map(([name, schema]) => ({
      type: 'object',
      additionalProperties: false,
      required: [name],
      properties: { [name]: schema },
    })),
  },
  examples: [[{ group_id: 'name:Support' }, { tags_add: ['vip'] }]],
} as Schema;

/** Read by the language of rules, once it is known what they may name. */
const asWritten = (schema: Schema): Field<unknown> => ({ read: (given) => given ?? null, schema });

export const RULE_PARTS = {
  match: described(oneOf(['all', 'any']), 'Whether all conditions have to hold, or any; all unless told.'),
  conditions: described(asWritten(CONDITIONS), 'One level of `any` or `all` may stand among them. None hold always.'),
  actions: described(asWritten(ACTIONS), 'Each at most once. What a rule before this one has given stays.'),
  stop: described(truth(), 'Where it holds, none after it is looked at.'),
};
const NAME = line({ max: 100 });
const PLACE = {
  position: described(integer({ min: 0, max: 1_000_000 }), 'Order among the rules; the last unless told.'),
  active: truth(),
};

/** What a new rule takes. */
export const NEW_RULE = {
  name: required(NAME),
  ...RULE_PARTS,
  conditions: required(RULE_PARTS.conditions),
  actions: required(RULE_PARTS.actions),
  ...PLACE,
  broken_because: readOnly(),
  ...ANSWERED,
};

/** What changes of a rule take. */
export const RULE_PATCH = { name: NAME, ...RULE_PARTS, ...PLACE, broken_because: readOnly(), ...ANSWERED };
