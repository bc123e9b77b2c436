import type { Interaction } from '#libs/interaction';
import { PRIORITIES, type CaseType, type Priority } from '../case/case-state.js';
import type { ChannelEndpoint } from '../decision/snapshot.js';

/** The line's; what a caller marked as urgent is at least high. Nothing is read out of a text. */
export function priorityFor({ flags }: Interaction, endpoint: ChannelEndpoint | null): Priority | null {
  const usual = endpoint?.defaultPriority ?? null;
  const isLower = usual === null || PRIORITIES.indexOf(usual) < PRIORITIES.indexOf('high');
  return flags.includes('urgent') && isLower ? 'high' : usual;
}

/** A task needs a due date and an incident its problem (I-6, I-7), which no message brings. */
export function typeFor(endpoint: ChannelEndpoint | null): CaseType | null {
  const type = endpoint?.defaultType ?? null;
  return type === 'task' || type === 'incident' ? null : type;
}

/** Tags that the telephone system put on it, as cases keep tags: without blanks and commas. */
export function tagsOf({ tags }: Interaction): string[] {
  const kept = (tags ?? []).map((tag) =>
    tag
      .normalize('NFC')
      .trim()
      .replace(/[\s,]+/gu, '-')
      .toLowerCase(),
  );
  return [...new Set(kept)].filter((tag) => tag !== '').sort();
}

/** Tags of a case with more of them; null where it has them all. */
export function tagsWith(before: readonly string[], more: readonly string[]): readonly string[] | null {
  const added = more.filter((tag) => !before.includes(tag));
  return added.length === 0 ? null : [...before, ...added].slice(0, MOST_TAGS);
}

const MOST_TAGS = 50;
