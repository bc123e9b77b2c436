import { OCCASIONS } from '#libs/interaction';
import { listOf, objectOf } from '../body/collections.js';
import { checked, described, nullable, readOnly } from '../body/field.js';
import { integer, line, matching, oneOf, truth } from '../body/values.js';
import { groupCalled, statusCalled } from '../cases/write/case-body.js';

export const REOPEN_POLICIES = ['until_closed', 'window', 'never'] as const;
export const UNVERIFIED_POLICIES = ['accept', 'quarantine'] as const;

/** Names of the tz database, not the offsets that runtimes take for zones as well. */
const ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;
export const timeZone = checked(line({ max: 64 }), (value, place) =>
  ZONE.test(value) && isZone(value) ? value : place.refuse('Must be an IANA time zone, such as Europe/Lisbon.'),
);
const limit = described(integer({ min: 0, max: 1_000_000 }), 'Of one sender; 0 is off.');
const days = integer({ min: 1, max: 365 });

const subject = described(
  line({ max: 150 }),
  '`{who}` and `{time}` stand for whom and when.',
  'Chamada de {who}, {time}',
);
const texts = objectOf({
  answered: subject,
  missed: subject,
  abandoned: subject,
  voicemail: subject,
  outbound: subject,
  withheld: described(line({ max: 60 }), 'What `{who}` is for a caller who hides the number.'),
});

/** What changes of an account take. */
export const ACCOUNT_PATCH = {
  name: line({ max: 200 }),
  time_zone: described(timeZone, 'Due times of open tasks follow within a minute.', 'Europe/Lisbon'),
  default_country: nullable(matching(/^[A-Z]{2}$/, 'Must be a country of ISO 3166-1, two capital letters.')),
  default_group_id: groupCalled,
  resolved_auto_close_days: nullable(described(days, 'After the last resolve; null never closes.')),
  reopen_policy: oneOf(REOPEN_POLICIES),
  reopen_window_days: nullable(described(days, 'Needed by the policy `window`.')),
  closed_status_id: nullable(described(statusCalled, 'Of the category resolved: what closed cases are given.')),
  on_hold_enabled: truth(),
  incident_requires_problem: truth(),
  require_resolution: truth(),
  followup_inherit_assignee: truth(),
  sticky_days: described(integer({ min: 0, max: 365 }), 'That a requester stays with the last agent; 0 is off.'),
  auto_create: checked(listOf(oneOf(OCCASIONS), { max: 20 }), (given) => [...new Set(given)]),
  unverified: oneOf(UNVERIFIED_POLICIES),
  new_cases_per_hour: limit,
  messages_per_case_and_hour: limit,
  automatic_per_day: limit,
  call_attach_window_minutes: described(
    integer({ min: 0, max: 43_200 }),
    'A call joins a live case whose last interaction is so near.',
  ),
  missed_call_coalesce_minutes: described(integer({ min: 0, max: 1440 }), 'Missed calls of one number are one case.'),
  call_max_duration_hours: described(integer({ min: 1, max: 48 }), 'After which a call without an end has ended.'),
  call_settle_seconds: described(integer({ min: 0, max: 60 }), 'From the end of a missed call to its case.'),
  short_call_seconds: described(
    integer({ min: 0, max: 60 }),
    'A caller who gave up sooner is recorded only; 0 is off.',
  ),
  withheld_cases_per_hour: described(
    integer({ min: 0, max: 1_000_000 }),
    'Of callers on one line who hide their number; 0 is off.',
  ),
  call_texts: described(texts, 'Subjects in your own words; what is missing is in English.'),
  require_if_match: truth(),
  require_idempotency_key: truth(),
  id: readOnly(),
  managed_by_file: readOnly(),
  version: readOnly(),
  created_at: readOnly(),
  updated_at: readOnly(),
};

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
