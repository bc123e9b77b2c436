import type { CaseFieldView } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import type { ApiParamOptions } from '@nestjs/swagger';
import { notFound } from '../http/problem.js';

const KEY = /^key:([a-z][a-z0-9_]{0,63})$/;

export const CASE_FIELD_ID: ApiParamOptions = {
  name: 'id',
  description: 'Id, or the key as `key:model`.',
  schema: { type: 'string' },
};

/** The field of a path. Throws 404 when the account has none of that name. */
export function caseFieldNamed(fields: readonly CaseFieldView[], name: string): CaseFieldView {
  const key = KEY.exec(name)?.[1];
  const id = isUuid(name) ? name.toLowerCase() : null;
  const found = fields.find((field) => (key === undefined ? field.id === id : field.key === key));
  if (found === undefined) {
    throw notFound('The field');
  }
  return found;
}
