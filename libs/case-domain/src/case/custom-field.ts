/** Kinds of custom fields (field.md), whose values a case keeps by key. */
export const CUSTOM_FIELD_TYPES = [
  'checkbox',
  'text',
  'multi_line_text',
  'numeric',
  'decimal',
  'date',
  'dropdown',
  'multi_select',
  'dependent_field',
] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

/** A choice of a `dropdown`, a `multi_select` or, with further choices below it, a `dependent_field`. */
export interface CustomFieldOption {
  readonly key: string;
  readonly label: string;
  /** One that was taken away stays where it was chosen, and is not chosen any more. */
  readonly active: boolean;
  readonly children: readonly CustomFieldOption[];
}

/** A field that an account has added to its cases. */
export interface CustomField {
  readonly key: string;
  readonly label: string;
  readonly type: CustomFieldType;
  /** A case is not resolved without it. */
  readonly required: boolean;
  /** Otherwise its values are kept and shown, and no new ones are taken. */
  readonly active: boolean;
  readonly options: readonly CustomFieldOption[];
}

/** `ok` with the value as it is kept, or one sentence that says what a value has to be. */
export type CustomValue =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string };

const LONGEST_TEXT = 255;
const LONGEST_LINES = 65_536;
const MOST_CHOSEN = 100;
const DECIMAL = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;
const MOST_DIGITS = 20;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** What a field makes of a value that is not null. A text was normalised by whoever read it. */
export function customValue(field: CustomField, value: unknown): CustomValue {
  switch (field.type) {
    case 'checkbox':
      return typeof value === 'boolean' ? kept(value) : wrong('Must be true or false.');
    case 'text':
      return isLine(value) ? ofText(value, LONGEST_TEXT) : wrong('Must be text of one line.');
    case 'multi_line_text':
      return ofText(value, LONGEST_LINES);
    case 'numeric':
      // 0 and -0 are the same to whoever sends them.
      return Number.isSafeInteger(value)
        ? kept((value as number) + 0)
        : wrong('Must be a whole number up to 2^53 - 1.');
    case 'decimal':
      return isDecimalText(value)
        ? kept(value)
        : wrong(`Must be text of a decimal number of at most ${MOST_DIGITS} digits.`);
    case 'date':
      return isDate(value) ? kept(value) : wrong('Must be a day that exists, as YYYY-MM-DD.');
    case 'dropdown':
      return ofChoice(field, [value]).ok ? kept(value) : wrong(`Must be one of ${keysOf(field.options)}.`);
    case 'multi_select':
      return ofSeveral(field, value);
    case 'dependent_field':
      return Array.isArray(value)
        ? ofChoice(field, value)
        : wrong('Must be the keys from the topmost choice to the last.');
  }
}

/** Whether a value says something: what is required has to. */
export function saysSomethingOf(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.trim() !== '';
  }
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function ofText(value: unknown, longest: number): CustomValue {
  return typeof value === 'string' && [...value].length <= longest
    ? kept(value)
    : wrong(`Must be text of at most ${longest} characters.`);
}

const LINE_BREAK = /[\n\u2028\u2029]/;

function isLine(value: unknown): boolean {
  return typeof value === 'string' && !LINE_BREAK.test(value);
}

/** Whether a text is a decimal number that a field takes. */
export function isDecimalText(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value) && value.replace(/\D/g, '').length <= MOST_DIGITS;
}

/** A day of the Gregorian calendar: `2026-02-30` is none. */
function isDate(value: unknown): boolean {
  const [, year, month, day] = (typeof value === 'string' && DATE.exec(value)) || [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return day !== undefined && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function ofSeveral(field: CustomField, value: unknown): CustomValue {
  const chosen: readonly unknown[] | null = Array.isArray(value) ? value : null;
  const fits =
    chosen !== null && chosen.length <= MOST_CHOSEN && chosen.every((one) => optionOf(field.options, one) !== null);
  return fits ? kept([...new Set(chosen)]) : wrong(`Must be a list of ${keysOf(field.options)}.`);
}

/** A path through choices that ends where there are no further ones. */
function ofChoice(field: CustomField, path: readonly unknown[]): CustomValue {
  let options = field.options;
  for (const key of path) {
    const option = optionOf(options, key);
    if (option === null) {
      return wrong(`Must go on with one of ${keysOf(options)}.`);
    }
    options = option.children;
  }
  const isWhole = path.length > 0 && (field.type === 'dropdown' || !options.some(({ active }) => active));
  return isWhole ? kept(path) : wrong(`Must go on with one of ${keysOf(options)}.`);
}

function optionOf(options: readonly CustomFieldOption[], key: unknown): CustomFieldOption | null {
  return options.find((option) => option.active && option.key === key) ?? null;
}

function keysOf(options: readonly CustomFieldOption[]): string {
  return options
    .filter(({ active }) => active)
    .slice(0, 20)
    .map(({ key }) => key)
    .join(', ');
}

function kept(value: unknown): CustomValue {
  return { ok: true, value };
}

function wrong(detail: string): CustomValue {
  return { ok: false, detail };
}
