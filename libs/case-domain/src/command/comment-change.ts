import type { CaseState } from '../case/case-state.js';
import { changeCase } from '../case/change.js';
import type { CommentTexts, KnownComment } from '../case/comment.js';
import { causedByAsker, type Circumstances } from './circumstances.js';
import { type Asker, agentBehind, type EditCommentCommand, type RedactCommentCommand } from './command.js';
import { type CommandDecision, done, unchanged } from './command-decision.js';
import type { Refusal } from './refusal.js';
import { refuse, refuseFaulty, refuseSettled, refuseStale } from './refuse.js';

/** Changes what a comment says, or takes it away; the versions that count are those of the comment. */
export function decideCommentChange(
  command: EditCommentCommand | RedactCommentCommand,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision | Refusal {
  const comment = circumstances.snapshot.comments.get(command.commentId);
  if (comment?.caseId !== state.id) {
    return refuse({ code: 'not-found', detail: 'The account has no such comment.' });
  }
  const { asker, findings } = circumstances;
  const isEdit = command.command === 'edit_comment';
  if (!(asker.admin || (isEdit && isBy(asker, comment)))) {
    const detail = isEdit
      ? 'Only who wrote a comment changes it, and administrators.'
      : 'Only administrators take away what was said.';
    return refuse({ code: 'forbidden', detail }, state);
  }
  const refused =
    refuseStale(command.expected, state, { what: 'comment', version: comment.version }) ??
    refuseFaulty(findings, state) ??
    (isEdit ? (refuseSettled(state) ?? refuseRedacted(comment, state)) : null);
  if (refused !== null) {
    return refused;
  }
  const decided = isEdit
    ? edit(command, comment, state, circumstances)
    : redact(command, comment, state, circumstances);
  return { ...decided, verdict: { ...decided.verdict, commentId: comment.id } };
}

/** An agent is the author of what any client wrote for her; a client alone of what it wrote by itself. */
function isBy(asker: Asker, { author, onBehalfOf }: KnownComment): boolean {
  const agent = author.kind === 'agent' ? author.id : onBehalfOf;
  return agent === null ? agentBehind(asker) === null && author.id === asker.actor.id : agentBehind(asker) === agent;
}

function refuseRedacted({ isRedacted }: KnownComment, state: CaseState): Refusal | null {
  const detail = 'What the comment said was taken away for good: write another one.';
  return isRedacted ? refuse({ code: 'comment-redacted', detail }, state) : null;
}

const TEXTS = { title: 'title', bodyText: 'body_text', bodyHtml: 'body_html' } as const;

/** Both texts are in the history, and no topic has them; HTML says what the text says. */
function edit(
  { texts }: EditCommentCommand,
  comment: KnownComment,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision {
  const after = textsAfter(comment, texts);
  const changed = (Object.keys(TEXTS) as (keyof CommentTexts)[]).filter((name) => after[name] !== comment[name]);
  if (changed.length === 0) {
    return unchanged(state);
  }
  const cause = causedByAsker(circumstances, {
    ...detailsOf(comment),
    changed: changed.map((name) => TEXTS[name]),
    texts: { from: shown(comment), to: shown(after) },
  });
  return done(changeCase(state, 'comment_edited', {}, cause), {
    commentEdits: [{ id: comment.id, ...after, at: circumstances.moment.now }],
  });
}

function textsAfter({ title, bodyText, bodyHtml }: KnownComment, given: Partial<CommentTexts>): CommentTexts {
  const saysOtherwise = given.bodyText !== undefined && given.bodyText !== bodyText;
  return {
    title: given.title === undefined ? title : given.title,
    bodyText: given.bodyText ?? bodyText,
    bodyHtml: given.bodyHtml === undefined ? (saysOtherwise ? null : bodyHtml) : given.bodyHtml,
  };
}

function shown({ title, bodyText }: CommentTexts) {
  return { title, body_text: bodyText };
}

function detailsOf({ id, public: isPublic, version }: KnownComment) {
  return { comment_id: id, public: isPublic, comment_version: version + 1 };
}

function redact(
  { reason }: RedactCommentCommand,
  comment: KnownComment,
  state: CaseState,
  circumstances: Circumstances,
): CommandDecision {
  if (comment.isRedacted || reason === null) {
    return unchanged(state);
  }
  const cause = causedByAsker(circumstances, { ...detailsOf(comment), reason });
  const { actor: by, onBehalfOf, at } = cause;
  const redaction = { id: comment.id, caseId: state.id, by, onBehalfOf: onBehalfOf?.id ?? null, reason, at };
  return done(changeCase(state, 'comment_redacted', {}, cause), { commentRedactions: [redaction] });
}
