import type { Interaction } from '#libs/interaction';

/** What another parser made of a mail: the file `<name>.expected.json` beside `<name>.eml`. */
export interface Expectation {
  readonly subject: string | null;
  readonly messageId: string | null;
  readonly from: readonly { readonly address: string | null }[];
  /** The first text body, or what that parser made of the HTML; cut to `CUT` characters. */
  readonly text: string | null;
  /** The first HTML body, or what that parser made of the text; cut to `CUT` characters. */
  readonly html: string | null;
  readonly attachments: readonly { readonly kind: string; readonly size?: number; readonly sha256?: string }[];
}

export const FIELDS = ['subject', 'body', 'messageId', 'sender', 'attachments'] as const;
export type Field = (typeof FIELDS)[number];

/** A field in which we and the other parser differ. */
export interface Difference {
  readonly field: Field;
  readonly ours: string;
  readonly theirs: string;
}

/** Expectations carry no more of a body than this many characters. */
const CUT = 4_000;

/** Compares a mail's interaction with an expectation. Pure. */
export function compareMail(ours: Interaction, theirs: Expectation): Difference[] {
  const pairs: Readonly<Record<Field, Difference | null>> = {
    subject: differing('subject', ours.content.subject, theirs.subject),
    body: bodyOf(ours, theirs),
    messageId: theirs.messageId === null ? null : differing('messageId', messageIdOf(ours), theirs.messageId),
    sender: senderOf(ours, theirs),
    attachments: attachmentsOf(ours, theirs),
  };
  return FIELDS.map((field) => pairs[field]).filter((found) => found !== null);
}

/**
 * Bodies are equal when the texts are, or when the HTML is: converters of HTML to text differ as they please. Blanks and
 * line ends do not count. Where a mail has several bodies the expectation holds the first, so ours must begin with it.
 */
function bodyOf(ours: Interaction, theirs: Expectation): Difference | null {
  const text = folded(ours.content.text);
  const html = folded(ours.content.html);
  const wantedText = folded(theirs.text);
  const wantedHtml = folded(theirs.html);
  const wantsNothing = wantedText === '' && wantedHtml === '';
  const isEqual = wantsNothing
    ? text === '' && html === ''
    : beginsWith(text, wantedText) || (html !== '' && beginsWith(html, wantedHtml));
  return isEqual ? null : { field: 'body', ours: text || html, theirs: wantedText || wantedHtml };
}

function beginsWith(found: string, wanted: string): boolean {
  return wanted !== '' && found.startsWith(wanted);
}

function senderOf(ours: Interaction, theirs: Expectation): Difference | null {
  const wanted = theirs.from[0]?.address?.toLowerCase() ?? '';
  return wanted === '' ? null : differing('sender', ours.sender.value.toLowerCase(), wanted);
}

/** Every binary attachment of theirs is among ours; of text attachments the expectation says too little. */
function attachmentsOf(ours: Interaction, theirs: Expectation): Difference | null {
  const kept = new Set(ours.content.attachments.map(({ sha256 }) => sha256));
  const lost = theirs.attachments.filter(({ sha256 }) => sha256 !== undefined && !kept.has(sha256));
  const names = ours.content.attachments.map(({ name, size }) => `${name} (${size})`).join(', ');
  return lost.length === 0 && theirs.attachments.length - ours.content.attachments.length <= textsOf(theirs)
    ? null
    : {
        field: 'attachments',
        ours: names,
        theirs: lost.map(({ kind, size }) => `${kind} (${size ?? '?'})`).join(', '),
      };
}

/** Text parts that the other parser calls attachments stand in our text. */
function textsOf({ attachments }: Expectation): number {
  return attachments.filter(({ kind }) => kind === 'Text').length;
}

function messageIdOf(ours: Interaction): string {
  return ours.threadKeys.find(({ kind }) => kind === 'message_id')?.value ?? '';
}

function differing(field: Field, ours: string | null | undefined, theirs: string | null): Difference | null {
  const [found, wanted] = [folded(ours), folded(theirs)];
  return found === wanted ? null : { field, ours: found, theirs: wanted };
}

/** The cut comes before the folding on both sides, or it would fall elsewhere. */
function folded(text: string | null | undefined): string {
  return (text ?? '').replace(/\r/g, '').slice(0, CUT).replace(/\s+/g, ' ').trim();
}
