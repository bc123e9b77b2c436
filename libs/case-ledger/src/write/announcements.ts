import type { Announcement, EventName, OutboxRecord } from '#libs/case-store';

/** What one input gives to tell. */
export interface News {
  /** Null when it is about no interaction. */
  readonly interactionId: string | null;
  readonly events: readonly EventName[];
  /** Bytes of the interaction's record, or of what its events tell. */
  readonly bytes: number;
}

/** The relay holds a few announcements in memory; a batch of long mails makes several. */
const MOST_BYTES = 4 * 1024 * 1024;
/** The text of an interaction shows up in its event and in the state of its case. */
const TOLD_TIMES = 3;

/** About how many bytes the record of a contact has. */
const BYTES_OF_CONTACT = 1024;

/** Packs the news of a transaction, in order, into as few announcements as their size allows. */
export function announcementsOf(
  news: readonly News[],
  records: readonly OutboxRecord[],
  contactIds: readonly string[] = [],
): Announcement[] {
  const portions: News[][] = [];
  let bytes = 0;
  for (const one of news) {
    bytes += one.bytes * TOLD_TIMES;
    const last = portions.at(-1);
    if (last === undefined || bytes > MOST_BYTES) {
      portions.push([one]);
      bytes = one.bytes * TOLD_TIMES;
    } else {
      last.push(one);
    }
  }
  const announced = portions.map(announcementOf);
  if (records.length === 0) {
    return withContacts(announced, contactIds);
  }
  return withContacts(
    [...announced, { interactionIds: [], events: [], contactIds: [], records, bytes: 0 }],
    contactIds,
  );
}

/** Contacts stand in one announcement: a row of their own would be one more to write and to delete for each batch of mails. */
function withContacts(announced: readonly Announcement[], contactIds: readonly string[]): Announcement[] {
  if (contactIds.length === 0) {
    return [...announced];
  }
  const [first = { interactionIds: [], events: [], contactIds: [], records: [], bytes: 0 }, ...others] = announced;
  return [{ ...first, contactIds, bytes: first.bytes + contactIds.length * BYTES_OF_CONTACT }, ...others];
}

function announcementOf(portion: readonly News[]): Announcement {
  return {
    interactionIds: portion.flatMap((one) => one.interactionId ?? []),
    events: portion.flatMap((one) => one.events),
    contactIds: [],
    records: [],
    bytes: portion.reduce((sum, one) => sum + one.bytes * TOLD_TIMES, 0),
  };
}
