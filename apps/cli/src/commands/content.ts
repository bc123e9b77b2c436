import type { Command } from 'commander';
import { loadInteraction } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import { openContent, writeToFile, writeToOutput } from '../content/write-content.js';
import type { CommandContext, ExitCode } from '../context.js';
import { findInstallation } from '../installation/find-installation.js';
import { openBlobs } from '../installation/open-blobs.js';
import { withDatabase } from '../installation/with-database.js';

interface ContentOptions {
  readonly raw?: boolean;
  readonly out?: string;
}

const SHA256 = /^[0-9a-f]{64}$/;
const EXAMPLE_ID = '6f1c9a52-7d0e-5b3c-8a41-2f9e4d7b6c10';
const EXAMPLE_DIGEST = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';

const EXAMPLES = `
Reads the blob store that BLOB_URL names, else that of DATA_DIR; --raw also the database. The digests of an interaction's
attachments and of its original are in the Case API, which gives out the content too:
GET /v1/interactions/{id}/content/{sha256}. What is written was checked against its digest.

Examples:
  casewright content ${EXAMPLE_DIGEST} --out lamp.jpg
  casewright content ${EXAMPLE_DIGEST} | file -
  casewright content --raw ${EXAMPLE_ID} | casewright normalise -`;

export function addContent(program: Command, context: CommandContext): void {
  program
    .command('content')
    .description('write a stored attachment, text or original mail')
    .argument('<digest>', 'SHA-256 of the content, as an interaction names it; with --raw the id of the interaction')
    .option('--raw', 'the untouched original of an interaction')
    .option('--out <file>', 'a new file; - is the standard output even if that is a screen')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, options: ContentOptions) => {
      context.finish(await content(context, name.toLowerCase(), options));
    });
}

/** 1 when there is no such content or it cannot be read or written, 2 when the name cannot be one. */
async function content(context: CommandContext, name: string, options: ContentOptions): Promise<ExitCode> {
  const wrong = misuse(context, name, options);
  if (wrong !== null) {
    context.terminal.error(wrong);
    return 2;
  }
  if (options.raw === true) {
    return writeOriginal(context, name, options);
  }
  const found = await findInstallation(context.environment);
  if (!found.ok) {
    context.terminal.error(found.reason);
    return 1;
  }
  return writeContent(context, found.value.configuration.blobUrl, name, options);
}

function misuse({ output }: CommandContext, name: string, { raw, out }: ContentOptions): string | null {
  if (raw === true && !isUuid(name)) {
    return `"${name}" is no interaction id: it is a UUID, as the Case API and the topics show it.`;
  }
  if (raw !== true && !SHA256.test(name)) {
    const hint = isUuid(name) ? 'add --raw for the original of this interaction' : 'it has 64 hexadecimal digits';
    return `"${name}" is no SHA-256: ${hint}.`;
  }
  // A mail can hold what moves the cursor, clears the screen or types for the reader.
  return out === undefined && output.isTTY === true
    ? 'A screen may obey what a stranger wrote: name a file with --out, or pass the content on to a program.'
    : null;
}

function writeOriginal(context: CommandContext, id: string, options: ContentOptions): Promise<ExitCode> {
  return withDatabase(context, async ({ installation, pool }) => {
    const { account, blobUrl } = installation.configuration;
    const view = await loadInteraction(pool, account.id, id);
    const sha256 = view?.interaction.content.raw?.sha256;
    if (sha256 === undefined) {
      const what = view === null ? `Account ${account.id} has no interaction ${id}` : `${id} came without an original`;
      context.terminal.error(`${what}.`);
      return 1;
    }
    return writeContent(context, blobUrl, sha256, options);
  });
}

async function writeContent(
  { terminal, output, signal }: CommandContext,
  blobUrl: string,
  sha256: string,
  { out = '-' }: ContentOptions,
): Promise<ExitCode> {
  const blobs = await openBlobs(blobUrl);
  const stored = blobs.ok ? await openContent(blobs.value, sha256) : blobs;
  if (!stored.ok) {
    terminal.error(stored.reason);
    return 1;
  }
  const written =
    out === '-'
      ? await writeToOutput(stored.value, sha256, output, signal)
      : await writeToFile(stored.value, sha256, out, signal);
  if (!written.ok) {
    terminal.error(written.reason);
    return 1;
  }
  if (out !== '-') {
    terminal.line(`${out}: ${written.value} bytes`);
  }
  return 0;
}
