import type { StatusView } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import type { ApiParamOptions } from '@nestjs/swagger';
import type { Field } from '../body/field.js';
import { notFound } from '../http/problem.js';

const KEY = /^key:([a-z][a-z0-9_]{0,63})$/;

export const STATUS_ID: ApiParamOptions = {
  name: 'id',
  description: 'Id, or the key as `key:with_the_lab`.',
  schema: { type: 'string' },
};

/** Says whether a status is the one of the name; null for a text that names none. */
type Names = (status: Pick<StatusView, 'id' | 'key'>) => boolean;

function readStatusName(text: string): Names | null {
  const key = KEY.exec(text)?.[1];
  if (key !== undefined) {
    return (status) => status.key === key;
  }
  return isUuid(text) ? (status) => status.id === text.toLowerCase() : null;
}

/** A status within a body. */
export const STATUS_NAME: Field<Names> = {
  read: (given, place) =>
    (typeof given === 'string' ? readStatusName(given) : null) ??
    place.refuse('Must be the id of a status, or key: and its key.'),
  schema: { type: 'string', examples: ['key:with_the_lab'] },
};

/** The status of a path. Throws 404 when the account has none of that name. */
export function statusNamed(statuses: readonly StatusView[], name: string): StatusView {
  const names = readStatusName(name);
  const found = names === null ? undefined : statuses.find(names);
  if (found === undefined) {
    throw notFound('The status');
  }
  return found;
}
