import { internationalSpelling } from '#libs/interaction';
import type { Found, Row } from './found.js';
import type { Telling } from './telling.js';

/** Columns that say how often we heard, what came first, and under which number. */
const OF_INTERACTIONS = new Set(['revision', 'outcome']);
const OF_CASES = new Set(['number', 'version']);
/** Of two calls that nothing ties the one that is decided first has opened the case. */
const OF_UNTIED_CASES = new Set([...OF_CASES, 'origin_interaction_id', 'description', 'assignee_id']);
/** A contact keeps the name that it was made with. */
const OF_REQUESTERS = new Set(['name']);
/** They tell no times: when and for how long is computed from when we heard of it. */
const WITHOUT_TIMES = new Set(['zammad', 'talkdesk']);
/** As cases say it: `Waited: 2 min 5 s`, `2 Mar 2026 10:15`. */
const LENGTH = /((?:Waited|Talked): )(?:\d+ min )?\d+ s/g;
const WHEN = /\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}/g;
/**
 * Names of facts are made of the connection. Where two facts of one instant differ they decide, so the leg that is told of
 * alone is another one in another telling.
 */
const MEMBERS_APART = new Set(['factId', 'legTo']);
const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|\+00:00)/g;

/**
 * What two tellings of one story have to say alike, member by member: ids become names, the caller and the connection too, and
 * every instant since `overAt` is a time of receipt or computed from one, because all calls were over by then. Milliseconds
 * since 1970. Which of a family has opened their case is a matter of arrival: how they ended is compared as a list.
 */
export function comparable(found: Found, telling: Telling, overAt: number): Readonly<Record<string, unknown>> {
  const isTimed = !WITHOUT_TIMES.has(telling.provider.name);
  const plain = (text: string): string => {
    const named = withoutReceipt(withoutNames(text, found.names, telling), overAt);
    return isTimed ? named : named.replace(LENGTH, '$1<length>');
  };
  const rows = (some: readonly Row[], apart: ReadonlySet<string>): unknown =>
    some.map((row) => walk(withoutColumns(row, apart), plain));
  const isUntied = telling.provider.name === 'zammad' && found.interactions.length > 1;
  return {
    interactions: rows(found.interactions, OF_INTERACTIONS),
    outcomes: found.interactions.map(({ outcome }) => String(outcome)).sort(),
    cases: rows(found.cases, isUntied ? OF_UNTIED_CASES : OF_CASES),
    requesters: rows(found.requesters, OF_REQUESTERS),
    links: rows(found.links, OF_CASES),
  };
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function withoutNames(text: string, names: Found['names'], { connection, caller }: Telling): string {
  return text
    .replace(UUID, (id) => names.get(id) ?? id)
    .replaceAll(`${connection.provider}/${connection.key}`, '<connection>')
    .replaceAll(internationalSpelling(caller), '<caller>')
    .replaceAll(caller, '<caller>')
    .replaceAll(caller.slice(1), '<caller>');
}

function withoutReceipt(text: string, overAt: number): string {
  const isReceipt = (instant: string): boolean => Date.parse(instant) > overAt;
  return text
    .replace(INSTANT, (instant) => (isReceipt(instant) ? '<receipt>' : instant))
    .replace(WHEN, (when) => (isReceipt(`${when} UTC`) ? '<receipt>' : when));
}

function withoutColumns(row: Row, apart: ReadonlySet<string>): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !apart.has(name)));
}

function walk(value: unknown, plain: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return plain(value);
  }
  if (Array.isArray(value)) {
    return value.map((one) => walk(one, plain));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = Object.entries(value).filter(([name]) => !MEMBERS_APART.has(name));
  return Object.fromEntries(kept.map(([name, one]) => [plain(name), (MEMBERS[name] ?? walk)(one, plain)]));
}

type Walk = (value: unknown, plain: (text: string) => string) => unknown;

/** Members that are read in a way of their own. */
const MEMBERS: Readonly<Record<string, Walk>> = { events: withoutDigests, moments: inOneOrder };

/** What happened when it was heard of has no order but that of arrival. */
function inOneOrder(moments: unknown, plain: (text: string) => string): unknown {
  const read = Array.isArray(moments) ? moments.map((one) => JSON.stringify(walk(one, plain))) : [];
  return read.sort();
}

/** The digest of an event is over its body, in which the caller stands. */
function withoutDigests(events: unknown, plain: (text: string) => string): unknown {
  return Array.isArray(events) ? events.map((event) => plain(String(event).replace(/ [0-9a-f]{16}$/, ''))) : events;
}

/** Where two values differ, as paths with both sides; at most so many. */
export function differencesBetween(one: unknown, other: unknown, path = '', most = 20): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) {
    return [];
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return [`${path}: ${JSON.stringify(one)} ≠ ${JSON.stringify(other)}`];
  }
  const [left, right] = [one as Row, other as Row];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.flatMap((name) => differencesBetween(left[name], right[name], `${path}/${name}`, most)).slice(0, most);
}
