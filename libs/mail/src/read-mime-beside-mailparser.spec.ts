import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser, type AddressObject } from 'mailparser';
import { createHash } from 'node:crypto';
import {
  arbitraryMail,
  contentMeant,
  subjectMeant,
  writeMail,
  type WrittenMail,
  type WrittenPart,
} from '#libs/testing';
import { attachmentName, distinctNames } from './body/attachment-name.js';
import { memoryParts, sourceOfBytes } from './memory-parts.js';
import { parseMail } from './parse-mail.js';

/** What two readers have to find alike. */
interface Reading {
  readonly messageId: string;
  readonly subject: string;
  readonly from: readonly object[];
  readonly to: readonly object[];
  readonly text: string;
  readonly html: string;
  readonly files: readonly (readonly (string | null)[])[];
}

/** Blanks at the ends of lines and of the text are nobody's words. */
const solid = (text: string): string => text.replaceAll(/[ \t\r]+$/gm, '').trim();

async function ours(mail: Buffer, hasPlainText: boolean): Promise<Reading> {
  const read = await parseMail(sourceOfBytes(mail), memoryParts());
  return {
    messageId: read.messageId ?? '',
    subject: read.subject,
    from: read.from,
    to: read.to,
    // Mailparser is told to make no text of HTML.
    text: hasPlainText ? solid(read.text) : '',
    html: solid(read.html ?? ''),
    files: read.attachments.map(({ sha256, name, mediaType, contentId }) => [
      sha256,
      name,
      mediaType,
      contentId ?? null,
    ]),
  };
}

const mailboxesOf = (given: AddressObject | AddressObject[] | undefined): object[] =>
  [given ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap((each) => each.group ?? [each]))
    .map(({ name, address }) => ({ name, address }));

async function theirs(mail: Buffer): Promise<Reading> {
  const read = await simpleParser(mail, {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    keepCidLinks: true,
    checksumAlgo: 'sha256',
  });
  const names = distinctNames(
    read.attachments.map(({ filename, contentType }, index) => attachmentName(filename, contentType, index + 1)),
  );
  return {
    messageId: read.messageId?.replaceAll(/[<>]/g, '') ?? '',
    subject: read.subject ?? '',
    from: mailboxesOf(read.from),
    to: mailboxesOf(read.to),
    text: solid(read.text ?? ''),
    html: solid(read.html || ''),
    files: read.attachments.map(({ checksum, contentType, contentId }, index) => [
      checksum,
      names[index] ?? '',
      contentType,
      contentId?.replaceAll(/[<>]/g, '') ?? null,
    ]),
  };
}

const leavesOf = (part: WrittenPart): WrittenPart[] =>
  part.kind === 'multipart' ? part.parts.flatMap(leavesOf) : [part];

/** What the mail was made to say. */
function meant(mail: WrittenMail): Reading {
  const leaves = leavesOf(mail.root);
  const files = leaves.filter((part) => part.kind === 'file');
  const names = distinctNames(files.map(({ name, mediaType }, index) => attachmentName(name, mediaType, index + 1)));
  const said = (subtype: string) =>
    solid(leaves.flatMap((part) => (part.kind === 'text' && part.subtype === subtype ? [part.text] : [])).join('\n'));
  return {
    messageId: mail.messageId,
    subject: subjectMeant(mail.subject),
    from: mail.from.meant,
    to: mail.to.flatMap((each) => each.meant),
    text: said('plain'),
    html: said('html'),
    files: files.map((file, index) => [
      createHash('sha256').update(contentMeant(file, mail.lineEnd)).digest('hex'),
      names[index] ?? '',
      file.mediaType,
      file.contentId,
    ]),
  };
}

it(
  'reads well-formed mails as they were meant, and as mailparser reads them',
  () =>
    fc.assert(
      fc.asyncProperty(arbitraryMail, async (mail) => {
        const bytes = writeMail(mail);
        const said = meant(mail);
        const own = await ours(bytes, said.text !== '');
        expect(own).toEqual(said);
        expect(own).toEqual(await theirs(bytes));
      }),
      { numRuns: 500 },
    ),
  60_000,
);
