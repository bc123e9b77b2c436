import { CUSTOM_FIELD_TYPES, type CustomFieldOption } from '#libs/case-domain';
import { listOf, objectOf } from '../body/collections.js';
import { ANSWERED, NEW_KEY } from '../body/configured.js';
import { checked, described, type Field, readOnly, required, type Values } from '../body/field.js';
import { integer, line, matching, oneOf, text, truth } from '../body/values.js';

const LABEL = line({ max: 100 });
const OPTION_KEY = matching(
  /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
  'Must be 1 to 64 of A-Z, a-z, 0-9, _, . and -, a letter or a digit first.',
);
const MOST_OF_A_LEVEL = 200;
const MOST_LEVELS = 5;

const OPTION = {
  key: required(OPTION_KEY),
  label: required(LABEL),
  active: described(truth(), 'false: it stays where it was chosen, and is not chosen any more.'),
};

/** The choices of a level, with further ones below them as far as levels go. */
function optionsOf(levels: number): Field<readonly CustomFieldOption[]> {
  const option =
    levels === 1
      ? checked(objectOf(OPTION), (one) => optionOf(one, []))
      : checked(objectOf({ ...OPTION, children: optionsOf(levels - 1) }), (one) => optionOf(one, one.children ?? []));
  return checked(listOf(option, { max: MOST_OF_A_LEVEL }), (given, place) => {
    const keys = given.map(({ key }) => key);
    const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
    return twice < 0 ? given : place.at(twice).at('key').refuse('Must differ from the keys beside it.');
  });
}

function optionOf(
  { key = '', label = '', active = true }: Values<typeof OPTION>,
  children: readonly CustomFieldOption[],
): CustomFieldOption {
  return { key, label, active, children };
}

const WRITTEN = {
  description: text({ min: 0, max: 1000 }),
  required: described(truth(), 'true: a case is not resolved by hand without it.'),
  active: described(truth(), 'false: values stay and are shown, and no new ones are taken.'),
  position: described(integer({ min: 0, max: 1_000_000 }), 'Order among the fields.'),
  options: described(
    optionsOf(MOST_LEVELS),
    'All choices of a `dropdown`, a `multi_select` or, in levels, a `dependent_field`. One that cases have stays, and may become inactive.',
  ),
};

/** What a new field takes. */
export const NEW_CASE_FIELD = {
  key: NEW_KEY,
  label: required(LABEL),
  type: required(oneOf(CUSTOM_FIELD_TYPES)),
  ...WRITTEN,
  ...ANSWERED,
};

/** What changes of a field take. Key and type are what it is. */
export const CASE_FIELD_PATCH = { key: readOnly(), label: LABEL, type: readOnly(), ...WRITTEN, ...ANSWERED };
