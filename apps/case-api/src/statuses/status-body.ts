import { CATEGORIES } from '#libs/case-domain';
import { ANSWERED, NEW_KEY } from '../body/configured.js';
import { described, readOnly, required } from '../body/field.js';
import { integer, line, oneOf, truth } from '../body/values.js';
import { STATUS_NAME } from './status-name.js';

const LABEL = line({ max: 100 });
const WRITTEN = {
  requester_label: described(LABEL, 'What requesters read.'),
  position: described(integer({ min: 0, max: 1_000_000 }), 'Order within the category.'),
  active: truth(),
  is_default: described(truth(), 'true takes it from the status that has it.'),
};

/** What a new status takes. */
export const NEW_STATUS = {
  key: NEW_KEY,
  agent_label: required(LABEL),
  category: required(oneOf(CATEGORIES)),
  ...WRITTEN,
  ...ANSWERED,
};

/** What changes of a status take. Key and category are what it is. */
export const STATUS_PATCH = {
  key: readOnly(),
  agent_label: LABEL,
  category: readOnly(),
  ...WRITTEN,
  replacement_id: described(
    STATUS_NAME,
    'With `"active": false`: the status of the same category that its cases are given.',
  ),
  ...ANSWERED,
};
