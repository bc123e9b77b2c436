import type { Queryable } from './queryable.js';
import { type CaseEventView, loadCaseEvents } from './sql/case-events/list-case-events.js';
import { type CommentView, loadComments } from './sql/comments/comment-view.js';
import type { InteractionView } from './sql/interactions/interaction-view.js';
import { loadInteractions } from './sql/interactions/list-case-interactions.js';
import { listTimeline, type TimelineEntry } from './sql/timelines/list-timeline.js';

/** Something that happened in a case. */
export type TimelineView = { readonly at: Date; readonly id: string } & (
  | { readonly kind: 'interaction'; readonly interaction: InteractionView }
  | { readonly kind: 'comment'; readonly comment: CommentView }
  | { readonly kind: 'event'; readonly event: CaseEventView }
);

/** What happened in a case, oldest first, whole: one statement finds what is on the page, and one for each kind reads it. */
export async function loadTimeline(
  client: Queryable,
  accountId: string,
  caseId: string,
  page: Parameters<typeof listTimeline>[3],
): Promise<TimelineView[]> {
  const entries = await listTimeline(client, accountId, caseId, page);
  const idsOf = (kind: TimelineEntry['kind']) => entries.filter((one) => one.kind === kind).map(({ id }) => id);
  const [said, written, changed] = [idsOf('interaction'), idsOf('comment'), idsOf('event')];
  const interactions = said.length === 0 ? [] : await loadInteractions(client, accountId, said);
  const comments = written.length === 0 ? [] : await loadComments(client, accountId, written);
  const events = changed.length === 0 ? [] : await loadCaseEvents(client, accountId, caseId, changed);
  const byId = new Map<string, TimelineContent>([
    ...interactions.map((one) => [`interaction ${one.interaction.id}`, { interaction: one }] as const),
    ...comments.map((one) => [`comment ${one.id}`, { comment: one }] as const),
    ...events.map((one) => [`event ${one.id}`, { event: one }] as const),
  ]);
  // What was erased between the statements is left out.
  return entries.flatMap((entry) => {
    const content = byId.get(`${entry.kind} ${entry.id}`);
    return content === undefined ? [] : [{ ...entry, ...content } as TimelineView];
  });
}

type TimelineContent =
  { readonly interaction: InteractionView } | { readonly comment: CommentView } | { readonly event: CaseEventView };
