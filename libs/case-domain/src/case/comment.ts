import type { Actor, Cause } from './case-change.js';
import type { CaseState } from './case-state.js';
import { changeCase, type Changed } from './change.js';
import { MOST_PARTICIPANTS, participantText } from './participant.js';

/** What somebody is about to say in a case. */
export interface CommentWish {
  /** Seen by the requester; a note for colleagues otherwise, which never leaves the house. */
  readonly public: boolean;
  readonly title: string | null;
  /** 1 to 65,536 characters. */
  readonly bodyText: string;
  /** Sanitised. */
  readonly bodyHtml: string | null;
  /** Ids of agents who are to be told. */
  readonly mentionIds: readonly string[];
  /** Ids of files that were uploaded for it; none unless told. */
  readonly attachmentIds?: readonly string[];
}

/** A comment that comes into being. */
export interface NewComment extends CommentWish {
  readonly id: string;
  readonly caseId: string;
  readonly author: Actor;
  /** Id of the agent for whom a client wrote it. */
  readonly onBehalfOf: string | null;
  /** ISO instant. */
  readonly at: string;
}

/** The texts of a comment. */
export type CommentTexts = Pick<CommentWish, 'title' | 'bodyText' | 'bodyHtml'>;

/** A comment that is there, as far as decisions read it. */
export interface KnownComment extends CommentTexts {
  readonly id: string;
  readonly caseId: string;
  readonly author: Actor;
  readonly onBehalfOf: string | null;
  readonly public: boolean;
  /** +1 for each change. */
  readonly version: number;
  readonly isRedacted: boolean;
}

/** A comment says something else from now on. */
export interface CommentEdit extends CommentTexts {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
}

/** What was said is taken away; who did it, when and why stays. */
export interface Redaction {
  readonly id: string;
  readonly caseId: string | null;
  readonly by: Actor;
  /** Id of the agent for whom a client did it. */
  readonly onBehalfOf: string | null;
  readonly reason: string;
  /** ISO instant. */
  readonly at: string;
}

/** The case after a comment, and the comment. Its text is not in the event: whoever may read the comment reads it there. */
export function comment(
  before: CaseState,
  wish: CommentWish,
  id: string,
  cause: Cause,
): { readonly changed: Changed; readonly comment: NewComment } {
  const spoken = agentBehind(cause) !== null;
  const answered = wish.public && spoken;
  const fields = {
    commentCount: before.commentCount + 1,
    participants: withMentioned(before.participants, wish.mentionIds),
    ...(answered ? { firstResponseAt: before.firstResponseAt ?? cause.at } : {}),
    ...(spoken ? { lastAgentAt: cause.at } : {}),
  };
  const { attachmentIds = [] } = wish;
  const files = attachmentIds.length === 0 ? {} : { attachment_ids: attachmentIds };
  const details = { ...cause.details, comment_id: id, public: wish.public, mention_ids: wish.mentionIds, ...files };
  const changed = changeCase(before, 'comment_added', fields, { ...cause, details });
  const { actor: author, onBehalfOf = null, at } = cause;
  return { changed, comment: { ...wish, id, caseId: before.id, author, onBehalfOf: onBehalfOf?.id ?? null, at } };
}

/** The agent who says it, by herself or through a client. */
function agentBehind({ actor, onBehalfOf }: Cause): string | null {
  return actor.kind === 'agent' ? actor.id : (onBehalfOf?.id ?? null);
}

/** Whoever is mentioned follows the case from then on, as long as there is room. */
function withMentioned(participants: readonly string[], mentionIds: readonly string[]): readonly string[] {
  const all = new Set(participants);
  for (const value of mentionIds) {
    const follows = participantText({ kind: 'agent', value, role: 'follower' });
    if (!all.has(participantText({ kind: 'agent', value, role: 'cc' })) && all.size < MOST_PARTICIPANTS) {
      all.add(follows);
    }
  }
  return all.size === participants.length ? participants : [...all];
}
