import type { Actor } from '../case/case-change.js';
import type { CaseState } from '../case/case-state.js';
import type { CommentTexts, CommentWish } from '../case/comment.js';
import type { AgentCalled, CaseCalled, GroupCalled, StatusCalled } from './called.js';
import type { CaseWish, ParticipantWish } from './case-wish.js';
import type { Leaving } from '../people/release.js';
import type { Fault } from './refusal.js';

/** Who asks for something. */
export interface Asker {
  /** An agent, or a client of the API. */
  readonly actor: Actor & { readonly kind: 'agent' | 'app'; readonly id: string };
  /** Id of the agent for whom a client acts: the rules see her, the history both. */
  readonly onBehalfOf: string | null;
  /** Whether it may do what is kept for administrators. */
  readonly admin: boolean;
}

/**
 * The versions that whoever asks has seen; the command is for no other. Null: nothing was said. `missing`: nothing was
 * said, and the account wants it said.
 */
export type Expected = readonly number[] | 'any' | 'missing' | null;

interface Request {
  readonly asker: Asker;
  readonly expected: Expected;
  /** What was found wrong with it before; it is answered together with what the rules find. */
  readonly faults: readonly Fault[];
  /** What is said with it, in the same transaction. */
  readonly comment?: CommentWish;
}

/** A request about one case. */
interface CaseRequest extends Request {
  readonly target: CaseCalled;
}

export interface CreateCommand extends Request {
  readonly command: 'create';
  /** Null: a new one. */
  readonly caseId: string | null;
  readonly source: 'api' | 'agent' | 'callbar';
  readonly followUpOf: CaseCalled | null;
  readonly wish: CaseWish;
}

export interface UpdateCommand extends CaseRequest {
  readonly command: 'update';
  readonly wish: CaseWish;
}

export interface AssignCommand extends CaseRequest {
  readonly command: 'assign';
  /** `auto`: whom the group's strategy chooses. */
  readonly assignee: AgentCalled | 'auto';
  /** Null: the group that it is in. */
  readonly group: GroupCalled | null;
}

export interface UnassignCommand extends CaseRequest {
  readonly command: 'unassign';
}

export interface ResolveCommand extends CaseRequest {
  readonly command: 'resolve';
  readonly resolution: string | null;
  readonly status: StatusCalled | null;
  readonly customFields: CaseState['customFields'];
}

export interface ReopenCommand extends CaseRequest {
  readonly command: 'reopen';
  readonly status: StatusCalled | null;
  /** Null: whoever has the case. */
  readonly assignee: AgentCalled | null;
}

/** `delete`: into the trash, with its subcases; `restore`: out of it; `purge`: out of the trash for good. */
export interface TrashCommand extends CaseRequest {
  readonly command: 'delete' | 'restore' | 'purge';
}

/** The case is to be kept whatever else says that it may go, or not any more. */
export interface LegalHoldCommand extends CaseRequest {
  readonly command: 'legal_hold';
  readonly on: boolean;
  readonly reason: string;
}

export interface TagsCommand extends CaseRequest {
  readonly command: 'tags';
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface ParticipantsCommand extends CaseRequest {
  readonly command: 'participants';
  readonly add: readonly ParticipantWish[];
  readonly remove: readonly ParticipantWish[];
}

/** The case's agent or its group leaves: it is given away. It is for whatever version is there. */
export interface ReleaseCommand extends CaseRequest {
  readonly command: 'release';
  readonly leaving: Leaving;
}

/** Says something in a case, and does nothing else to it. */
export interface CommentCommand extends CaseRequest {
  readonly command: 'comment';
}

/** Makes files that were uploaded part of a case. */
export interface AttachCommand extends CaseRequest {
  readonly command: 'attach';
  readonly attachmentIds: readonly string[];
}

/** Relates the target and another case that lives. */
export interface LinkCommand extends CaseRequest {
  readonly command: 'link';
  /** Null only when that is among the faults. */
  readonly other: CaseCalled | null;
}

/** Takes a link of the target away that people may make and take away. */
export interface UnlinkCommand extends CaseRequest {
  readonly command: 'unlink';
  readonly linkId: string;
  /** The cases that it ties, which no link ever changes; none: the account has no such link. */
  readonly ends: readonly CaseCalled[];
}

/** Changes what a comment of the target says; what is absent is left as it is. */
export interface EditCommentCommand extends CaseRequest {
  readonly command: 'edit_comment';
  readonly commentId: string;
  /** A text without HTML takes the HTML that was there away. */
  readonly texts: Partial<CommentTexts>;
}

/** Takes what a comment of the target said away for good. */
export interface RedactCommentCommand extends CaseRequest {
  readonly command: 'redact_comment';
  readonly commentId: string;
  /** Null only when that is among the faults. */
  readonly reason: string | null;
}

/** Cases end in the target. */
export interface MergeCommand extends CaseRequest {
  readonly command: 'merge';
  readonly sources: readonly CaseCalled[];
  readonly confirmCrossRequester: boolean;
  readonly addParticipants: boolean;
}

/** An interaction goes to another case, or off its case. It has no versions, so `expected` counts for nothing. */
export interface MoveInteractionCommand extends Request {
  readonly command: 'move_interaction';
  readonly interactionId: string;
  /** Null: to none. */
  readonly to: CaseCalled | null;
  /** Whether later replies to it follow. */
  readonly thread: boolean;
}

/** Takes what an interaction said away for good. It has no versions, so `expected` counts for nothing. */
export interface RedactInteractionCommand extends Request {
  readonly command: 'redact_interaction';
  readonly interactionId: string;
  /** Null only when that is among the faults. */
  readonly reason: string | null;
}

/** A command about an interaction, whether or not it belongs to a case. */
export type InteractionCommand = MoveInteractionCommand | RedactInteractionCommand;

/** What somebody asks to be done, as it was read from a request. */
export type CaseCommand =
  | CreateCommand
  | UpdateCommand
  | AssignCommand
  | UnassignCommand
  | ResolveCommand
  | ReopenCommand
  | TrashCommand
  | LegalHoldCommand
  | ReleaseCommand
  | TagsCommand
  | ParticipantsCommand
  | CommentCommand
  | AttachCommand
  | LinkCommand
  | UnlinkCommand
  | EditCommentCommand
  | RedactCommentCommand
  | MergeCommand
  | InteractionCommand;

/** A command about a case that is there. */
export type ChangeCommand = Exclude<CaseCommand, CreateCommand | InteractionCommand>;

/** The agent who is behind it; null: a client acts by itself. */
export function agentBehind({ actor, onBehalfOf }: Asker): string | null {
  return actor.kind === 'agent' ? actor.id : onBehalfOf;
}
