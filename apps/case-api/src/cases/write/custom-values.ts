import { byKey } from '../../body/collections.js';
import { checked, described, type Field } from '../../body/field.js';
import type { Place } from '../../body/place.js';
import { text } from '../../body/values.js';

const MOST_FIELDS = 200;
const MOST_CHOSEN = 100;
const TEXT = text({ min: 0, max: 65_536 });
const KEY = text({ max: 64 });

/** A value of a custom field as far as it can be told without the field: what it has to be is the account's to say. */
const customValue: Field<unknown> = {
  read(given, place) {
    if (Array.isArray(given)) {
      return readChosen(given, place);
    }
    if (typeof given === 'string') {
      return TEXT.read(given, place);
    }
    return typeof given === 'object' && given !== null
      ? place.refuse('Must be a text, a number, true, false, a list of texts, or null.')
      : given;
  },
  schema: {
    anyOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' }, maxItems: MOST_CHOSEN },
      { type: 'null' },
    ],
  },
};

/** One fault is enough for a list: what it has to be is said by the field. */
function readChosen(given: readonly unknown[], place: Place): readonly unknown[] | undefined {
  if (given.length > MOST_CHOSEN) {
    return place.refuse(`Must have at most ${MOST_CHOSEN} items.`, 'too-many-items');
  }
  const keys = given.map((one, index) => KEY.read(one, place.at(index)));
  return keys.includes(undefined) ? undefined : keys;
}

/** Custom fields by key; null takes a value away. */
export const customFields = described(
  checked(byKey(customValue, { max: MOST_FIELDS }), (given) => Object.fromEntries(given)),
  'By key, as `/v1/case-fields` says; null takes a value away.',
);
