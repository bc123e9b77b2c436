import type { Command } from 'commander';
import { type AttachmentAnswer, download, upload } from '../../attachments/transfer.js';
import { casePath } from '../../cases/case-path.js';
import { changing, type WriteOptions } from '../../cases/change-case.js';
import type { CommandContext, ExitCode } from '../../context.js';
import { callApi, overApi, withApi, type ApiAccess, type ApiOptions } from '../../installation/api-access.js';
import { printList } from '../../installation/print-list.js';
import { fitted } from '../../terminal.js';

interface UploadOptions extends WriteOptions {
  readonly case?: string;
  readonly name?: string;
}

const EXAMPLE_ID = '019c2e1b-7d0e-7b3c-8a41-2f9e4d7b6c10';

export function addAttachments(program: Command, context: CommandContext): void {
  const attachments = program.command('attachments').description('files that people attach to cases');
  changing(attachments.command('upload'))
    .description('upload files of at most 50 MB; what nothing uses is deleted after 24 hours')
    .argument('<file...>', 'one or more')
    .option('--case <case>', 'attach them to CASE-12, 12, or the case of an id')
    .option('--name <name>', 'what a single file is called; its own name unless told')
    .addHelpText(
      'after',
      '\nExamples:\n  casewright attachments upload lamp.jpg --case CASE-12\n  casewright attachments upload bill.pdf --json',
    )
    .action(async (files: readonly string[], options: UploadOptions) => {
      context.finish(await uploadAll(context, files, options));
    });
  overApi(attachments.command('list'))
    .description('list the files of a case, oldest first; what came with mails is with its interactions')
    .argument('<case>', 'CASE-12, 12, or its id')
    .option('--limit <count>', 'at most so many, up to 100', '50')
    .addHelpText('after', '\nExample:\n  casewright attachments list CASE-12')
    .action(async (name: string, options: ApiOptions & { readonly limit: string }) => {
      context.finish(await list(context, name, options));
    });
  overApi(attachments.command('download'))
    .description('write a file into a new one here')
    .argument('<attachment>', 'its id, as the list shows it')
    .requiredOption('--out <file>', 'the new file')
    .addHelpText('after', `\nExample:\n  casewright attachments download ${EXAMPLE_ID} --out lamp.jpg`)
    .action(async (id: string, options: ApiOptions & { readonly out: string }) => {
      context.finish(await withApi(context, options, (access) => downloadOne(context, access, id, options.out)));
    });
}

/** Files that were uploaded before one failed are told, so that nothing has to be uploaded twice. */
async function uploadAll(context: CommandContext, files: readonly string[], options: UploadOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const target = options.case === undefined ? null : casePath(options.case);
  if (target?.ok === false || (options.name !== undefined && files.length > 1)) {
    terminal.error(target?.ok === false ? target.reason : '--name is for a single file.');
    return 2;
  }
  return withApi(context, options, async (access) => {
    const ids: string[] = [];
    for (const file of files) {
      const uploaded = await upload(access, file, options.name, signal);
      if (!uploaded.ok) {
        terminal.error(uploaded.reason);
        return 1;
      }
      ids.push(uploaded.value.id);
      say(context, options, uploaded.value);
    }
    return target === null ? 0 : attach(context, access, options, `${target.value}/attachments`, ids);
  });
}

async function attach(
  { terminal }: CommandContext,
  access: ApiAccess,
  options: UploadOptions,
  path: string,
  ids: readonly string[],
): Promise<ExitCode> {
  const body = { attachment_ids: ids };
  const attached = await callApi<unknown>(access, 'POST', path, { body, onBehalfOf: options.as });
  if (!attached.ok) {
    terminal.error(attached.reason);
    return 1;
  }
  return 0;
}

function say({ terminal }: CommandContext, { json }: ApiOptions, one: AttachmentAnswer): void {
  if (json === true) {
    terminal.json(one);
  } else {
    terminal.line(`${one.id}  ${one.media_type}, ${one.size} bytes  ${fitted(one.file_name, 60)}`);
  }
}

async function list(
  context: CommandContext,
  name: string,
  options: ApiOptions & { readonly limit: string },
): Promise<ExitCode> {
  const path = casePath(name);
  if (!path.ok) {
    context.terminal.error(path.reason);
    return 2;
  }
  const query = new URLSearchParams({ limit: options.limit });
  return withApi(context, options, (access) =>
    printList<AttachmentAnswer>(context, access, options, {
      path: `${path.value}/attachments?${query.toString()}`,
      heading: ['ID', 'ATTACHED', 'TYPE', 'BYTES', 'NAME'],
      rowOf: (one) => [
        one.id,
        one.attached_at ?? '',
        fitted(one.media_type, 40),
        String(one.size),
        fitted(one.file_name, 60),
      ],
      none: 'There is none.',
    }),
  );
}

async function downloadOne(
  { terminal, signal }: CommandContext,
  access: ApiAccess,
  id: string,
  file: string,
): Promise<ExitCode> {
  const written = await download(access, id, file, signal);
  if (!written.ok) {
    terminal.error(written.reason);
    return 1;
  }
  terminal.line(`${file}: ${written.value} bytes`);
  return 0;
}
