import { Readable } from 'node:stream';
import type { BlobStore } from '#libs/blob-store';
import {
  type CaseView,
  type ContactView,
  type InteractionView,
  listCaseComments,
  listCases,
  listContactInteractions,
  positionOf,
  type Queryable,
} from '#libs/case-store';
import { caseResourceOf } from '../../cases/case.resource.js';
import { commentResourceOf } from '../../comments/comment.resource.js';
import { contentsOf, type StoredContent } from '../../content/contents-of.js';
import { interactionResourceOf } from '../../interactions/interaction-resource-of.js';
import { contactResourceOf } from '../contact.resource.js';
import type { ArchiveFile } from './zip-archive.js';

/** Where what is exported is read. */
export interface ExportSource {
  readonly client: Queryable;
  readonly blobs: BlobStore;
  readonly accountId: string;
}

/** Rows that are in memory at a time. */
const PAGE = 100;

/**
 * Everything that is kept of a contact, file by file:
 * 1. the contact, with all that it is known by;
 * 2. its cases, those in the trash too, with what was answered in them;
 * 3. what it wrote and said;
 * 4. the untouched mails, sounds and long texts of these;
 * 5. what of them the store has no more.
 */
export async function* contactFiles(
  source: ExportSource,
  contact: ContactView,
  now: Date,
): AsyncGenerator<ArchiveFile> {
  const told = [JSON.stringify(contactResourceOf(source.accountId, contact), null, 2)];
  yield textFile('contact.json', now, told);
  yield textFile('cases.json', now, listOf(casesOf(source, contact)));
  yield textFile('interactions.json', now, listOf(interactionsOf(source, contact.id), interactionResourceOf));
  const missing: { readonly interaction_id: string; readonly sha256: string; readonly name: string }[] = [];
  for await (const { interaction, redactedAt, occurredAt } of interactionsOf(source, contact.id)) {
    for (const [name, content] of redactedAt === null ? filesOf(interaction) : []) {
      const bytes = await source.blobs.get(content.sha256);
      if (bytes === null) {
        missing.push({ interaction_id: interaction.id, sha256: content.sha256, name });
      } else {
        yield { name, at: occurredAt, compress: !/^(audio|video|image)\//.test(content.mediaType), bytes };
      }
    }
  }
  if (missing.length > 0) {
    yield textFile('missing.json', now, [JSON.stringify(missing, null, 2)]);
  }
}

function textFile(name: string, at: Date, text: Iterable<string> | AsyncIterable<string>): ArchiveFile {
  return { name, at, compress: true, bytes: Readable.from(text, { objectMode: false }) };
}

/** A list of JSON, one row after another. */
async function* listOf<Row>(
  rows: AsyncIterable<Row>,
  shown: (row: Row) => unknown = (row) => row,
): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield `${before}${JSON.stringify(shown(row))}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[\n]\n' : '\n]\n';
}

async function* interactionsOf(
  { client, accountId }: ExportSource,
  contactId: string,
): AsyncGenerator<InteractionView> {
  for (let after: { occurredAt: string; id: string } | null = null, more = true; more;) {
    const page: InteractionView[] = await listContactInteractions(client, accountId, contactId, { limit: PAGE, after });
    yield* page;
    const last = page.at(-1);
    more = page.length === PAGE && last !== undefined;
    after = last === undefined ? null : { occurredAt: last.occurredAt.toISOString(), id: last.interaction.id };
  }
}

async function* casesOf(source: ExportSource, { id, mergedFrom }: ContactView): AsyncGenerator<object> {
  const { client, accountId } = source;
  const filter = { requesterIds: [id, ...mergedFrom], trashed: 'with' } as const;
  for (let position: readonly string[] = [], more = true; more;) {
    const page: CaseView[] = await listCases(client, accountId, filter, { sort: 'created_at', limit: PAGE, position });
    for (const view of page) {
      yield { ...caseResourceOf(view), comments: await answersIn(source, view.state.id) };
    }
    const last = page.at(-1);
    more = page.length === PAGE && last !== undefined;
    position = last === undefined ? [] : positionOf('created_at', last.state);
  }
}

/** What was written to the contact; what agents note among themselves is theirs. */
async function answersIn({ client, accountId }: ExportSource, caseId: string): Promise<object[]> {
  const answers: object[] = [];
  for (let after: { createdAt: string; id: string } | null = null, more = true; more;) {
    const page: Awaited<ReturnType<typeof listCaseComments>> = await listCaseComments(client, accountId, caseId, {
      limit: PAGE,
      after,
    });
    answers.push(...page.filter((one) => one.public).map(commentResourceOf));
    const last = page.at(-1);
    more = page.length === PAGE && last !== undefined;
    after = last === undefined ? null : { createdAt: last.createdAt.toISOString(), id: last.id };
  }
  return answers;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  ...{ 'audio/mpeg': 'mp3', 'audio/wav': 'wav', 'audio/x-wav': 'wav', 'audio/ogg': 'ogg', 'audio/webm': 'webm' },
  ...{ 'audio/mp4': 'm4a', 'audio/aac': 'aac', 'audio/amr': 'amr', 'audio/flac': 'flac' },
};

/** Names of files are ours: what senders called theirs is in `interactions.json`. */
function filesOf(interaction: InteractionView['interaction']): [string, StoredContent][] {
  const { raw, attachments } = interaction.content;
  const all = contentsOf(interaction);
  const isRaw = (one: StoredContent): boolean => one.sha256 === raw?.sha256;
  const isAttached = ({ sha256 }: StoredContent): boolean => attachments.some((one) => one.sha256 === sha256);
  return all.flatMap((one, index): [string, StoredContent][] => {
    const { mediaType } = one;
    const named = `${interaction.id}-${index + 1}`;
    if (isRaw(one)) {
      return [[mediaType === 'message/rfc822' ? `mails/${interaction.id}.eml` : `originals/${interaction.id}`, one]];
    }
    if (mediaType.startsWith('audio/')) {
      return [[`recordings/${named}.${EXTENSIONS[mediaType] ?? 'bin'}`, one]];
    }
    // Other attachments are within the untouched mail.
    return isAttached(one) ? (raw ? [] : [[`attachments/${named}.bin`, one]]) : [[`texts/${one.name}`, one]];
  });
}
