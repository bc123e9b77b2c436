import { type CustomField, isDecimalText } from '#libs/case-domain';
import type { CaseFilter } from '#libs/case-store';
import { text, type QueryParameter } from '../query/query-parameters.js';
import type { QueryReader, RawQuery } from '../query/query-reader.js';

const PREFIX = 'cf.';
const LONGEST_VALUE = 1000;
const MOST_FIELDS = 10;
const MOST_VALUES = 20;

/** What the description says of the filters that the account's own fields are. */
export const CUSTOM_FIELD_FILTER: QueryParameter = text(
  'cf.KEY',
  'Cases whose custom field KEY has the value; of choices, any of several by commas. Texts and decimals as they were written.',
);

/** The parameters that name custom fields, whether the account has such fields or not. */
export function customParameters(query: RawQuery): string[] {
  return Object.keys(query).filter((name) => name.startsWith(PREFIX));
}

/** The parameters of fields that the account has; others are unknown. */
export function knownParameters(fields: readonly CustomField[]): QueryParameter[] {
  return fields.map(({ key }) => text(`${PREFIX}${key}`));
}

/** What a list is narrowed by: each field by any of its values. */
export function readCustomFields(
  query: RawQuery,
  reader: QueryReader,
  fields: readonly CustomField[],
): NonNullable<CaseFilter['customFields']> {
  const asked = fields.filter(({ key }) => query[PREFIX + key] !== undefined);
  if (asked.length > MOST_FIELDS) {
    reader.refuse(`${PREFIX}${asked[MOST_FIELDS]?.key ?? ''}`, `There may be ${MOST_FIELDS} of these.`);
  }
  return asked.map((field) => {
    const name = PREFIX + field.key;
    const given = reader.text(name, LONGEST_VALUE) ?? '';
    if (given === '') {
      return [];
    }
    const parts = hasChoices(field) ? [...new Set(given.split(','))] : [given];
    if (parts.length > MOST_VALUES) {
      reader.refuse(name, `There may be ${MOST_VALUES} values.`);
    }
    return parts.flatMap((part) => {
      const value = valueOf(field, part);
      if (value === undefined) {
        reader.refuse(name, `Must be a value of a field of the type ${field.type}.`);
        return [];
      }
      return [JSON.stringify({ [field.key]: value })];
    });
  });
}

function hasChoices({ type }: CustomField): boolean {
  return type === 'dropdown' || type === 'multi_select' || type === 'dependent_field';
}

/** The value, or a part of it, that a text of a query means; undefined when it means none. */
function valueOf({ type }: CustomField, part: string): unknown {
  switch (type) {
    case 'checkbox':
      return new Map([
        ['true', true],
        ['false', false],
      ]).get(part);
    case 'numeric': {
      const value = /^-?\d{1,16}$/.test(part) ? Number(part) : Number.NaN;
      return Number.isSafeInteger(value) ? value : undefined;
    }
    case 'decimal':
      return isDecimalText(part) ? part : undefined;
    case 'multi_select':
    case 'dependent_field':
      return [part];
    case 'text':
    case 'multi_line_text':
      return part.normalize('NFC');
    case 'date':
    case 'dropdown':
      return part;
  }
}
