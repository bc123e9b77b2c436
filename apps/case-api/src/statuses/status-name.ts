import type { StatusView } from '#libs/case-store';
import type { ApiParamOptions } from '@nestjs/swagger';
import type { Field } from '../body/field.js';
import { namedByKey, type NamesByKey, readNameByKey } from '../routes/named-by-key.js';

export const STATUS_ID: ApiParamOptions = {
  name: 'id',
  description: 'Id, or the key as `key:with_the_lab`.',
  schema: { type: 'string' },
};

/** A status within a body. */
export const STATUS_NAME: Field<NamesByKey> = {
  read: (given, place) =>
    (typeof given === 'string' ? readNameByKey(given) : null) ??
    place.refuse('Must be the id of a status, or key: and its key.'),
  schema: { type: 'string', examples: ['key:with_the_lab'] },
};

/** The status of a path. Throws 404 when the account has none of that name. */
export function statusNamed(statuses: readonly StatusView[], name: string): StatusView {
  return namedByKey(statuses, name, 'The status');
}
