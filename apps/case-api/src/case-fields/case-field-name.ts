import type { CaseFieldView } from '#libs/case-store';
import type { ApiParamOptions } from '@nestjs/swagger';
import { namedByKey } from '../routes/named-by-key.js';

export const CASE_FIELD_ID: ApiParamOptions = {
  name: 'id',
  description: 'Id, or the key as `key:model`.',
  schema: { type: 'string' },
};

/** The field of a path. Throws 404 when the account has none of that name. */
export function caseFieldNamed(fields: readonly CaseFieldView[], name: string): CaseFieldView {
  return namedByKey(fields, name, 'The field');
}
