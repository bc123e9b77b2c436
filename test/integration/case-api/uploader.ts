import { createHash, randomBytes } from 'node:crypto';
import { createApiKey } from '#libs/testing';
import { sweepUploads } from '../../../apps/case-builder/src/timers/sweep-uploads.js';
import { aCaseWriter, type CaseWriter, type Problem } from './case-writer.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';

export interface Upload extends Problem {
  readonly id: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly size: number;
  readonly sha256: string;
}
interface UploadOptions {
  readonly name?: string;
  readonly as?: string;
  readonly headers?: Record<string, string>;
}

/** A client that uploads, beside the writer. */
export interface Uploader {
  readonly writer: CaseWriter;
  readonly url: string;
  readonly key: string;
  /** Of another account. */
  readonly foreign: string;
  upload(
    body: unknown,
    options?: UploadOptions,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Upload }>;
  anUpload(bytes?: Buffer): Promise<Upload>;
  content(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** As the timer does. */
  sweep(): Promise<void>;
  isStored(sha256: string): Promise<boolean>;
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export async function anUploader(): Promise<Uploader> {
  const writer = await aCaseWriter();
  const { world } = writer;
  const { pool } = world.database;
  const url = await world.application.getUrl();
  const keyOf = (accountId: string) => createApiKey(pool, { accountId, name: 'uploader', scopes: ['cases:write'] });
  const [key, foreign] = [await keyOf(OUR_ACCOUNT), await keyOf(OTHER_ACCOUNT)];
  const upload: Uploader['upload'] = async (body, { name = 'lamp.png', as = key, headers = {} } = {}) => {
    const query = name === '' ? '' : `?file_name=${encodeURIComponent(name)}`;
    const authorization = `Bearer ${as}`;
    const sent = { method: 'POST', headers: { authorization, ...headers }, body, duplex: 'half' } as RequestInit;
    const reply = await fetch(`${url}/v1/attachments${query}`, sent);
    return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Upload };
  };
  return {
    writer,
    url,
    key,
    foreign,
    upload,
    anUpload: async (bytes = randomBytes(100)) => (await upload(bytes)).body,
    content: (path, headers = {}, method = 'GET') =>
      fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${key}`, ...headers } }),
    sweep: () => sweepUploads(pool, world.uploads, new AbortController().signal),
    isStored: async (sha256) => {
      const found = await world.uploads.get(sha256);
      found?.destroy();
      return found !== null;
    },
  };
}
