import { type CopiedWords, REDACTED_TEXT } from '#libs/case-domain';

/** What was taken away: interactions by their ids, and words that cases had copied of them. */
export interface Taken {
  readonly interactions: ReadonlySet<string>;
  readonly copied: readonly CopiedWords[];
}

type Json = unknown;
type Members = Readonly<Record<string, Json>>;

const NOTHING_SAID = {
  subject: '',
  text: '',
  text_reference: null,
  quote_start: null,
  html: null,
  html_reference: null,
  attachments: [],
  raw: null,
};

/**
 * An answer of the API (JSON text) without what was taken away, wherever in it an interaction or a case is shown: lists of
 * results and cases that mention others as well. One that says nothing of it stays as it is, byte for byte.
 */
export function answerWithout(body: string, taken: Taken): string {
  const answer = JSON.parse(body) as Json;
  const without = valueWithout(answer, taken);
  return without === answer ? body : JSON.stringify(without);
}

function valueWithout(value: Json, taken: Taken): Json {
  if (Array.isArray(value)) {
    const items = value.map((one) => valueWithout(one, taken));
    return items.some((one, index) => one !== value[index]) ? items : value;
  }
  return typeof value === 'object' && value !== null ? objectWithout(value as Members, taken) : value;
}

function objectWithout(object: Members, taken: Taken): Members {
  const entries = Object.entries(object).map(([name, inner]) => [name, valueWithout(inner, taken)] as const);
  const isSame = entries.every(([name, inner]) => inner === object[name]);
  const inside = isSame ? object : Object.fromEntries(entries);
  return caseWithout(interactionWithout(inside, taken), taken);
}

/** As `GET /v1/interactions/{id}` and the quarantine show one. */
function interactionWithout(object: Members, { interactions }: Taken): Members {
  const { id, interaction_id: named, content, preview, sender, recipients } = object;
  if (content !== undefined && interactions.has(String(id))) {
    const names = { sender: unnamed(sender), recipients: (recipients as Json[]).map(unnamed) };
    const sounds = 'recordings' in object ? { recordings: [], transcripts: [] } : {};
    return { ...object, ...names, ...sounds, content: NOTHING_SAID, forwarded: null, automatic: null, details: {} };
  }
  return preview !== undefined && interactions.has(String(named))
    ? { ...object, subject: '', preview: '', sender: unnamed(sender) }
    : object;
}

function unnamed(party: Json): Json {
  return { ...(party as Members), name: null };
}

function caseWithout(object: Members, { copied }: Taken): Members {
  const words = copied.find(({ caseId }) => caseId === object['id']);
  if (words === undefined) {
    return object;
  }
  return {
    ...object,
    ...(isCopy(object['subject'], words.subject) ? { subject: REDACTED_TEXT } : {}),
    ...(isCopy(object['description'], words.description) ? { description: REDACTED_TEXT } : {}),
  };
}

function isCopy(text: Json, copied: string): boolean {
  return text === copied && copied !== '';
}
