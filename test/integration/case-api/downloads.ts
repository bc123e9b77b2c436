import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { insertInteractions } from '#libs/case-store';
import type { Attachment, Content, Interaction } from '#libs/interaction';
import { anInteraction } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';
import type { World } from './world.js';

/** What a download ended in. */
export interface Download {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** Downloads content of an interaction, with the key of our account unless told. */
export async function download(
  world: World,
  id: string,
  sha256: string | undefined,
  init: { readonly method?: 'HEAD'; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Download> {
  const headers = { authorization: `Bearer ${world.ours}`, ...init.headers };
  const url = `${await world.application.getUrl()}/v1/interactions/${id}/content/${sha256}`;
  const reply = await fetch(url, { ...init, headers });
  return { status: reply.status, headers: reply.headers, bytes: Buffer.from(await reply.arrayBuffer()) };
}

/** The problem that a download ended in; no cache may keep it or take it for the content. */
export function problemOf({ status, headers, bytes }: Download) {
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('cache-control')).toBe('no-store');
  expect([headers.get('etag'), headers.get('content-disposition')]).toEqual([null, null]);
  const { code, detail } = JSON.parse(bytes.toString()) as { readonly code: string; readonly detail: string };
  return { status, code, detail };
}

/** Puts an interaction into the tables as case-builder would. */
export async function insertInteraction(world: World, interaction: Interaction): Promise<Interaction> {
  const row = {
    interaction,
    payload: Buffer.from(JSON.stringify(interaction)),
    endpoints: ['mailbox:support@acme.example'],
    caseId: null,
    visibility: 'public' as const,
    outcome: 'automatic' as const,
    decision: '{}',
  };
  await insertInteractions(world.database.pool, OUR_ACCOUNT, '2026-03-02T10:00:00.000Z', [row]);
  return interaction;
}

let serial = 0;

/** A stored interaction that refers to this. */
export function anInteractionOf(world: World, content: Partial<Content>): Promise<Interaction> {
  serial += 1;
  const interaction = anInteraction({
    accountId: OUR_ACCOUNT,
    externalId: `content-${serial}`,
    content: { subject: 'Lamp', text: '', attachments: [], ...content },
  });
  return insertInteraction(world, interaction);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function anAttachment(bytes: Uint8Array): Attachment {
  return { sha256: sha256Of(bytes), size: bytes.length, mediaType: 'image/png', name: 'a.png', inline: false };
}
