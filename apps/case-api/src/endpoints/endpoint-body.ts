import { CASE_TYPES, PRIORITIES } from '#libs/case-domain';
import { ENDPOINT_KINDS } from '#libs/case-store';
import { OCCASIONS } from '#libs/interaction';
import { listOf } from '../body/collections.js';
import { ANSWERED } from '../body/configured.js';
import { described, nullable, readOnly, required } from '../body/field.js';
import { line, oneOf, truth } from '../body/values.js';
import { groupCalled } from '../cases/write/case-body.js';

const WRITTEN = {
  default_priority: nullable(oneOf(PRIORITIES)),
  default_type: nullable(oneOf(CASE_TYPES)),
  auto_create: described(
    nullable(listOf(oneOf(OCCASIONS), { max: OCCASIONS.length })),
    'What opens a case by itself here; null is as in the account.',
  ),
  active: truth(),
  label: readOnly(),
  ...ANSWERED,
};

/** What a new address takes. */
export const NEW_ENDPOINT = {
  kind: required(oneOf(ENDPOINT_KINDS)),
  address: described(
    required(line({ max: 254 })),
    'A mail address, a telephone number, or what the kind calls a place; one of each kind.',
    '+351210000000',
  ),
  group_id: described(required(groupCalled), 'Where its cases go.'),
  ...WRITTEN,
};
/** What changes of an address take. Kind and address are what it is. */
export const ENDPOINT_PATCH = { kind: readOnly(), address: readOnly(), group_id: groupCalled, ...WRITTEN };
