import { listOf, objectOf } from '../body/collections.js';
import { ANSWERED } from '../body/configured.js';
import { checked, described, nullable, readOnly, required } from '../body/field.js';
import { integer, line, oneOf, text, truth } from '../body/values.js';
import { REOPEN_POLICIES } from '../account/account-body.js';
import { SKILL_KEY } from '../agents/agent-body.js';
import { groupCalled } from '../cases/write/case-body.js';

export const STRATEGIES = ['manual', 'round_robin', 'least_open', 'least_open_pct', 'skills'] as const;

const NAME = described(line({ max: 100 }), 'What it is called; no two groups have one name.', 'Support');
const CAPACITY = described(
  nullable(integer({ min: 1, max: 10_000 })),
  'Open cases that one agent may have, over all groups, before no strategy gives more; null is no limit.',
);

const requiredSkills = checked(
  listOf(
    objectOf({
      key: required(SKILL_KEY),
      min_level: described(integer({ min: 1, max: 10 }), '1 unless told.'),
      weight: described(integer({ min: 1, max: 100 }), 'What a level counts for the strategy skills; 1 unless told.'),
    }),
    { max: 20 },
  ),
  (list, place) => {
    const skills = list.map(({ key = '', min_level: minLevel = 1, weight = 1 }) => ({ key, minLevel, weight }));
    const isRepeated = new Set(skills.map(({ key }) => key)).size < skills.length;
    return isRepeated ? place.refuse('Must name each skill once.') : skills;
  },
);

const WRITTEN = {
  active: truth(),
  strategy: described(oneOf(STRATEGIES), 'Who is given a case that nobody was named for; manual is nobody.'),
  capacity_per_agent: CAPACITY,
  required_skills: described(requiredSkills, 'Whoever lacks one of them is given no case by a strategy.'),
  reopen_policy: described(nullable(oneOf(REOPEN_POLICIES)), 'Instead of the account’s.'),
  reopen_window_days: nullable(integer({ min: 1, max: 365 })),
  keep_owner_on_reopen: truth(),
  signature_text: described(nullable(text({ max: 5_000 })), 'Below answers; {agent}, {group}, {number}.'),
  signature_html: described(nullable(text({ max: 50_000 })), 'Is stored sanitised.'),
  members: readOnly(),
  released_cases: readOnly(),
  flagged_tasks: readOnly(),
  ...ANSWERED,
};

/** What a new group takes. */
export const NEW_GROUP = { name: required(NAME), ...WRITTEN };
/** What changes of a group take. */
export const GROUP_PATCH = {
  name: NAME,
  ...WRITTEN,
  replacement_group_id: described(
    groupCalled,
    'With `"active": false`: the group that takes over cases and addresses.',
  ),
};
/** What is said of a member. */
export const MEMBER = {
  capacity: CAPACITY,
  position: described(integer({ min: 0, max: 1_000_000 }), 'Order of the members, for people.'),
};
