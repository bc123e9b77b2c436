import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { writeToFile } from '../content/write-content.js';
import { failed, messageOf, type Outcome } from '../context.js';
import { type ApiAccess, callApi } from '../installation/api-access.js';

/** The part of a file that is shown. */
export interface AttachmentAnswer {
  readonly id: string;
  readonly file_name: string;
  readonly media_type: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly attached_at: string | null;
}

/** Sends a file of this machine to the Case API, as it is read. `name`: what it is called there. */
export async function upload(
  access: ApiAccess,
  file: string,
  name: string | undefined,
  signal: AbortSignal,
): Promise<Outcome<AttachmentAnswer>> {
  const unreadable = await whyUnreadable(file);
  if (unreadable !== null) {
    return failed(`${file} cannot be read: ${unreadable}.`);
  }
  const query = new URLSearchParams({ file_name: name ?? basename(file) });
  const content = { bytes: createReadStream(file), signal };
  return callApi<AttachmentAnswer>(access, 'POST', `/v1/attachments?${query.toString()}`, { content });
}

async function whyUnreadable(file: string): Promise<string | null> {
  try {
    return (await stat(file)).isFile() ? null : 'it is no file';
  } catch (error) {
    return messageOf(error);
  }
}

/** Writes a file of the Case API into a new one here; its size in bytes. What is not what it is said to be leaves none. */
export async function download(
  access: ApiAccess,
  id: string,
  file: string,
  signal: AbortSignal,
): Promise<Outcome<number>> {
  const path = `/v1/attachments/${encodeURIComponent(id)}`;
  const known = await callApi<AttachmentAnswer>(access, 'GET', path);
  if (!known.ok) {
    return known;
  }
  try {
    const response = await fetch(new URL(`${path}/content`, access.url), {
      headers: { authorization: `Bearer ${access.key}` },
      signal,
    });
    if (!response.ok || response.body === null) {
      return failed(`${access.url} answered ${response.status}: the content cannot be had now.`);
    }
    const stored = Readable.fromWeb(response.body);
    return await writeToFile(stored, known.value.sha256, file, signal);
  } catch (error) {
    return failed(`${access.url} cannot be reached: ${messageOf(error)}.`);
  }
}
