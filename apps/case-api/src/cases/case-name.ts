import type { ApiParamOptions } from '@nestjs/swagger';
import type { CaseCalled } from '#libs/case-domain';
import type { CaseName } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { notFound } from '../http/problem.js';

/** `{id}` in the description. */
export const CASE_ID: ApiParamOptions = {
  name: 'id',
  description: 'UUID, or `number:123`.',
  schema: { type: 'string' },
};

/** A bigint has at most 19 digits; 18 are enough and cannot overflow. */
const NUMBER = /^number:([1-9]\d{0,17})$/;

/** `{id}` of a path: a UUID or `number:123`. Anything else names nothing, which is a 404. */
export function readCaseName(id: string): CaseName {
  const number = NUMBER.exec(id)?.[1];
  if (number !== undefined) {
    return { by: 'number', number };
  }
  if (!isUuid(id)) {
    throw notFound('The case');
  }
  return { by: 'id', id: id.toLowerCase() };
}

/** The case that a command is about; whatever is no name of a case names none: 404. */
export function readTarget(id: string): CaseCalled {
  const name = readCaseName(id);
  return name.by === 'id' ? { by: 'id', value: name.id } : { by: 'number', value: name.number };
}
