import type { Readable } from 'node:stream';
import type { OpenFolder } from '../connection/open-folder.js';
import { uidSet, type ListedMail, type Portion } from './portions.js';

/** A mail's bytes. */
export interface FetchedMail {
  readonly mail: ListedMail;
  readonly content: Buffer;
}

/** All mails of a portion by one command; one that is gone by now is left out. */
export async function fetchPortion(folder: OpenFolder, { mails }: Portion): Promise<FetchedMail[]> {
  const found = await folder.run(async (client) => {
    const sources = new Map<number, Buffer>();
    const uids = mails.map(({ uid }) => uid);
    // No command may run inside this loop: it would wait for the loop, and the loop for it.
    for await (const { uid, source } of client.fetch(uidSet(uids), { uid: true, source: true }, { uid: true })) {
      if (source !== undefined) {
        sources.set(uid, source);
      }
    }
    return sources;
  });
  const fetched: FetchedMail[] = [];
  for (const mail of mails) {
    const content = found.get(mail.uid) ?? (await fetchAgain(folder, mail.uid));
    if (content !== null) {
      fetched.push({ mail, content });
    }
  }
  return fetched;
}

/** A mail that the answer left out: gone, or forgotten by a server that makes mistakes. */
async function fetchAgain(folder: OpenFolder, uid: number): Promise<Buffer | null> {
  const found = await folder.run((client) => client.fetchOne(String(uid), { uid: true, source: true }, { uid: true }));
  return found === false ? null : (found.source ?? null);
}

const CHUNK_BYTES = 1024 * 1024;

/** A large mail as a stream, which must be read to its end before the next command; null when it is gone. */
export async function downloadMail(folder: OpenFolder, uid: number): Promise<Readable | null> {
  const download = await folder.run((client) =>
    client.download(String(uid), undefined, { uid: true, chunkSize: CHUNK_BYTES }),
  );
  return 'content' in download && download.content !== undefined ? download.content : null;
}
