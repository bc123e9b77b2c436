import { AGENT_ROLES, PRESENCE_CHANNELS, PRESENCE_STATES } from '#libs/case-store';
import { normaliseEmailAddress, ownAddress } from '#libs/interaction';
import { timeZone } from '../account/account-body.js';
import { listOf, objectOf } from '../body/collections.js';
import { ANSWERED } from '../body/configured.js';
import { checked, described, nullable, readOnly, required } from '../body/field.js';
import { integer, line, matching, oneOf, truth } from '../body/values.js';
import { groupCalled } from '../cases/write/case-body.js';

const NAME = line({ max: 200 });
const EMAIL = described(
  checked(line({ max: 254 }), (value, place) =>
    normaliseEmailAddress(value) === null ? place.refuse('Must be a mail address.') : ownAddress(value),
  ),
  'Address of the agent; no two agents have one.',
  'ana@acme.example',
);
/** What is called a skill, here and in groups. */
export const SKILL_KEY = matching(/^[a-z][a-z0-9_]{0,63}$/, 'Must be 1 to 64 of a-z, 0-9 and _, a letter first.');

const skills = checked(
  listOf(objectOf({ key: required(SKILL_KEY), level: required(integer({ min: 1, max: 10 })) }), { max: 100 }),
  (list, place) => {
    const levels = Object.fromEntries(list.map(({ key = '', level = 1 }) => [key, level]));
    return Object.keys(levels).length < list.length ? place.refuse('Must name each skill once.') : levels;
  },
);

const WRITTEN = {
  role: described(oneOf(AGENT_ROLES), 'Administrators may be acted for in what is kept for them.'),
  active: described(truth(), 'false gives away the cases of the agent.'),
  extensions: described(
    checked(listOf(line({ max: 32 }), { max: 20 }), (values) => [...new Set(values)]),
    'Of their telephones.',
  ),
  group_ids: described(listOf(groupCalled, { max: 200 }), 'Groups that the agent is a member of, all of them.'),
  default_group_id: nullable(groupCalled),
  skills: described(skills, 'What the agent can do, and how well.'),
  time_zone: described(nullable(timeZone), 'null is as in the account.'),
  presence: readOnly(),
  released_cases: readOnly(),
  flagged_tasks: readOnly(),
  ...ANSWERED,
};

/** What a new agent takes. */
export const NEW_AGENT = { email: required(EMAIL), name: required(NAME), ...WRITTEN };
/** What changes of an agent take. */
export const AGENT_PATCH = { email: EMAIL, name: NAME, ...WRITTEN };
/** What an agent says about being there. */
export const PRESENCE = {
  channel: described(oneOf(PRESENCE_CHANNELS), '`all`, which is meant unless told, takes the place of the others.'),
  state: required(oneOf(PRESENCE_STATES)),
};
