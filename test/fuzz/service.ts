import type { BlobStore } from '#libs/blob-store';
import type { Delivery } from '#libs/channel-kit';
import { type LedgerDependencies, LEDGER, settle } from '#libs/case-ledger';
import { declareConfiguration } from '#libs/case-store';
import { declaredId, type Interaction, TOPICS } from '#libs/interaction';
import { createEmbeddedLog, silentLogger } from '#libs/messaging';
import { aCallFact, aDeclaration, aDeclaredAccount, aDeclaredAgent, aDeclaredGroup, aMail } from '#libs/testing';
import type { Pool } from 'pg';
import { OUR_ACCOUNT } from '../integration/case-api/identities.js';
import { startApi } from '../integration/case-api/started-api.js';
import { suspend } from '../integration/case-api/suspended.js';
import { aDelivery, noteDeliveries } from '../integration/case-api/told-facts.js';
import type { ApiDocument } from './document.js';
import type { FuzzedService } from './fuzz.js';
import type { Knowledge } from './knowledge.js';

const KEY = 'f'.repeat(40);
/** Declared by the file, so that no request revokes it or takes a scope from it. */
const CLIENT = {
  name: 'owner of everything',
  key: KEY,
  scopes: [
    'cases:admin',
    'contacts:admin',
    'config:write',
    'ops:write',
    'deliveries:replay',
    'callbar:issue',
    'impersonate',
  ],
  allowedAgents: null,
  place: 'apiKeys[0]',
};
const AGENTS = [
  aDeclaredAgent('ana@acme.example', 'Ana'),
  aDeclaredAgent('ben@acme.example', 'Ben'),
  { ...aDeclaredAgent('bo@acme.example', 'Bo'), groups: ['Support', 'Sales'] },
  { ...aDeclaredAgent('gone@acme.example', 'Gone'), active: false },
];
const GROUPS = ['Support', 'Sales'];

/** The service under test, with its database's pool and what it wrote to its log. */
export interface StartedService extends FuzzedService {
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** Starts the API on an empty database with cases of mails, some of which wait for a person. */
export async function startService(pool: Pool, { mails }: { readonly mails: number }): Promise<StartedService> {
  const groups = GROUPS.map((name) => aDeclaredGroup(name, name === 'Support' ? 'round_robin' : 'manual'));
  const account = aDeclaredAccount({ id: OUR_ACCOUNT });
  await declareConfiguration(pool, aDeclaration({ account, groups, agents: AGENTS, apiKeys: [CLIENT] }));
  const { application, blobs, log, stop } = await startApi(pool);
  const origin = await application.getUrl();
  const document = (await (await fetch(`${origin}/openapi.json`)).json()) as ApiDocument;
  const ledger = application.get<LedgerDependencies>(LEDGER, { strict: false });
  const interactions = await storedMails(ledger, blobs, mails);
  const suspended: Interaction[] = [];
  for (let index = 0; index < mails; index += 1) {
    suspended.push(
      await suspend(
        { database: { pool } },
        'spoofed_sender',
        `2026-03-02T09:${String(index % 60).padStart(2, '0')}:00.000Z`,
      ),
    );
  }
  await withTopics(pool);
  const delivered = await noteDeliveries({ database: { pool } }, storedDeliveries(mails));
  return {
    ...{ origin, key: KEY, document, log },
    acquaint: (knowledge) => {
      acquaint(knowledge, interactions, suspended);
      delivered.forEach((id) => knowledge.add('delivery', id));
    },
    stop,
  };
}

/** Mails of a few people with something to download, each answering the one before it now and then. */
async function storedMails(ledger: LedgerDependencies, blobs: BlobStore, count: number): Promise<Interaction[]> {
  const all: Interaction[] = [];
  for (let index = 0; index < count; index += 1) {
    const stored = await blobs.put(Buffer.from(`lamp ${index}`));
    if (!stored.ok) {
      throw new Error('the blob was not stored');
    }
    const { sha256, size } = stored;
    const attachment = { sha256, size, mediaType: 'image/png', name: 'lamp.png', inline: false };
    const content = {
      subject: `Lamp ${index}`,
      text: 'Broken.',
      html: '<p>Broken <b>lamp</b></p>',
      attachments: [attachment],
    };
    const reply = index % 3 === 2 ? { inReplyTo: `<${index - 1}@example.org>` } : {};
    const headers = { messageId: `<${index}@example.org>`, from: `customer${index % 7}@example.org`, ...reply };
    all.push(aMail(headers, { accountId: OUR_ACCOUNT, content }));
  }
  const inputs = all.map((interaction) => {
    return { kind: 'interaction', interaction, payload: Buffer.from(JSON.stringify(interaction)) } as const;
  });
  await settle(ledger, [{ accountId: OUR_ACCOUNT, inputs }]);
  return all;
}

/** What is told again goes there. */
async function withTopics(pool: Pool): Promise<void> {
  const { connectionString = '' } = pool.options;
  const log = await createEmbeddedLog({ pool, connectionString, logger: silentLogger });
  await log.ensureTopics(TOPICS);
  await log.close();
}

/** Webhooks that told of a call each. */
function storedDeliveries(count: number): Delivery[] {
  return Array.from({ length: count }, (_, index) => {
    return aDelivery({ facts: [aCallFact('started', 0, { accountId: OUR_ACCOUNT, callId: `c-${index}` })] });
  });
}

function acquaint(knowledge: Knowledge, mails: readonly Interaction[], suspended: readonly Interaction[]): void {
  AGENTS.filter(({ active }) => active).forEach(({ email }) =>
    knowledge.add('agent', declaredId(OUR_ACCOUNT, 'agent', email)),
  );
  GROUPS.forEach((name) => knowledge.add('group', declaredId(OUR_ACCOUNT, 'group', name)));
  ['new', 'open', 'pending', 'on_hold', 'resolved'].forEach((key) => {
    knowledge.add('status', declaredId(OUR_ACCOUNT, 'status', key));
  });
  ['hubspot', 'crm 7'].forEach((name) => knowledge.add('external id', name));
  ['support@acme.example', 'sales@acme.example'].forEach((address) => knowledge.add('mailbox', address));
  for (const { id, content } of mails) {
    knowledge.add('interaction', id);
    content.attachments.forEach(({ sha256 }) => knowledge.add('sha256', sha256, [id]));
  }
  suspended.forEach(({ id }) => knowledge.add('suspension', id));
}
