import { derivedEventId } from '#libs/interaction';
import { localTime } from '../case/local-time.js';
import type { Press } from '../decision/press.js';

/** Something that events of a call say in its case: one internal comment, changed by those of the same key. */
export interface Said {
  readonly key: string;
  /** In order; the last one counts. */
  readonly presses: readonly [Press, ...Press[]];
}

/** What the events of a call say, by what belongs together. An agent changes only what she said herself. */
export function saidBy(presses: readonly Press[]): Said[] {
  const byKey = new Map<string, Press[]>();
  for (const press of presses) {
    const key = keyOf(press);
    if (key !== null) {
      byKey.set(key, [...(byKey.get(key) ?? []), press]);
    }
  }
  return [...byKey].flatMap(([key, [first, ...more]]) =>
    first === undefined ? [] : [{ key, presses: [first, ...more] }],
  );
}

function keyOf({ agentId, event: { action, noteId, id } }: Pick<Press, 'event' | 'agentId'>): string | null {
  switch (action) {
    case 'note.save':
      return `note ${agentId ?? ''} ${noteId ?? id}`;
    case 'disposition.set':
      return `disposition ${agentId ?? ''}`;
    case 'callback.schedule':
      return `callback ${id}`;
    default:
      return null;
  }
}

/** The comment in which it stands in a case. */
export function commentIdOf(key: string, interactionId: string, caseId: string): string {
  return derivedEventId('callbar-comment', interactionId, key, caseId);
}

/** The comment in which an event of a call is written in a case; null: it is in none. */
export function commentOfPress(
  press: Pick<Press, 'event' | 'agentId'>,
  interactionId: string,
  caseId: string,
): string | null {
  const key = keyOf(press);
  return key === null ? null : commentIdOf(key, interactionId, caseId);
}

/** What the comment says. `zone`: of the account. */
export function wordsOf({ event: { action, text, label, code, at, number } }: Press, zone: string): string {
  switch (action) {
    case 'disposition.set':
      return `Disposition: ${label ? `${label} (${code ?? ''})` : (code ?? '')}`;
    case 'callback.schedule': {
      const whom = number ? ` at ${number}` : '';
      const said = text ? `: ${text}` : '';
      return `Call back on ${at ? localTime(zone, at) : ''}${whom}${said}`;
    }
    default:
      return text ?? '';
  }
}

const OF_DISPOSITIONS = 'disposition:';

/** The tags of a case after what was said of a call: of dispositions the last, and that somebody is to be called back. */
export function tagsAfter(tags: readonly string[], presses: readonly Press[]): readonly string[] {
  const codes = presses.flatMap(({ event: { action, code } }) =>
    action === 'disposition.set' && code ? [tagOf(code)] : [],
  );
  const last = codes.at(-1);
  const calls = presses.some(({ event }) => event.action === 'callback.schedule');
  // Sorted, so that no order of arrival shows.
  const own = [...(calls ? ['callback'] : []), ...(last === undefined ? [] : [last])];
  const others = tags.filter((tag) => !own.includes(tag) && !codes.includes(tag));
  return own.every((tag) => tags.includes(tag)) && others.length + own.length === tags.length
    ? tags
    : [...others, ...own];
}

function tagOf(code: string): string {
  return `${OF_DISPOSITIONS}${code
    .trim()
    .toLowerCase()
    .replace(/[\s,]+/gu, '_')}`;
}
