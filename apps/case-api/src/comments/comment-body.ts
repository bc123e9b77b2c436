import type { CommentWish } from '#libs/case-domain';
import { listOf, objectOf } from '../body/collections.js';
import { checked, described, type Field, inForms, nullable, readOnly, required, type Values } from '../body/field.js';
import { type Fault, Place } from '../body/place.js';
import type { ReadBody } from '../body/read-body.js';
import { line, oneOf, text, truth, uuid } from '../body/values.js';

const LONGEST_TEXT = 65_536;
const LONGEST_HTML = 256 * 1024;

export const COMMENT_FIELDS = {
  public: described(truth(), 'Whether the requester sees it; false unless told, and a note never leaves the house.'),
  title: nullable(line({ max: 150 })),
  body_text: described(text({ max: LONGEST_TEXT }), 'This or `body_html` is needed.'),
  body_html: described(
    text({ max: LONGEST_HTML }),
    'Sanitised before it is kept; the text is made of it when there is none.',
  ),
  attachment_ids: described(listOf(uuid(), { max: 20 }), 'Files that were uploaded, and are used nowhere else.'),
  mention_ids: described(listOf(uuid(), { max: 20 }), 'Agents, who follow the case from then on.'),
  send: described(oneOf(['auto', 'never', 'email']), 'No relay sends mail yet: `email` is refused.'),
};

/** What of a comment may change. */
export const COMMENT_PATCH = {
  title: COMMENT_FIELDS.title,
  body_text: described(text({ max: LONGEST_TEXT }), 'Without `body_html` the HTML that was there goes.'),
  body_html: described(
    nullable(text({ max: LONGEST_HTML })),
    'Sanitised before it is kept; without `body_text` the text is made of it.',
  ),
  id: readOnly(),
  case_id: readOnly(),
  author: readOnly(),
  on_behalf_of: readOnly(),
  public: readOnly(),
  created_at: readOnly(),
  edited_at: readOnly(),
};

/** Why something that was said is taken away. */
export const REDACTION = {
  reason: required(described(text({ max: 1000 }), 'Stays, for everybody to read.', 'It held a password.')),
};

/** A comment as it was sent, with HTML that nobody has looked at. */
export interface RawComment extends Omit<CommentWish, 'bodyText'> {
  /** Null: what the HTML says. */
  readonly bodyText: string | null;
}

/** A comment within another request. */
export const comment: Field<RawComment> = inForms(
  checked(objectOf(COMMENT_FIELDS), rawComment),
  [['body_text'], ['body_html']],
  'anyOf',
);

/** A comment that is the whole body: what it says, or its faults. */
export function readComment({ value, faults }: ReadBody<typeof COMMENT_FIELDS>): {
  readonly raw: RawComment | null;
  readonly faults: readonly Fault[];
} {
  const found = { named: [...faults], count: faults.length };
  const raw = faults.length > 0 ? undefined : rawComment(value, new Place(found));
  return { raw: raw ?? null, faults: found.named };
}

/** What was read of the fields of a comment; undefined when it says nothing, of which `place` is told. */
function rawComment(given: Values<typeof COMMENT_FIELDS>, place: Place): RawComment | undefined {
  const { body_text: bodyText = null, body_html: bodyHtml = null } = given;
  if (bodyText === null && bodyHtml === null) {
    return place.at('body_text').refuse('Must be given, or body_html.', 'field-required');
  }
  if (given.send === 'email') {
    return place.at('send').refuse('No relay sends mail here: say auto or never.');
  }
  const { public: isPublic = false, title = null, mention_ids: mentionIds = [], attachment_ids: files = [] } = given;
  return {
    public: isPublic,
    title,
    bodyText,
    bodyHtml,
    mentionIds: [...new Set(mentionIds)],
    attachmentIds: [...new Set(files)],
  };
}

const LINE_ENDS = /<br\b[^>]*>|<\/(?:p|div|li|tr|h[1-6]|blockquote|pre|ul|ol|table)>/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
  '&nbsp;': ' ',
};

/** What sanitised HTML says, a line for each line. */
export function textOfSanitised(html: string): string {
  return html
    .replace(LINE_ENDS, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
