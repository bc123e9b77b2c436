import { CALL_FOLD } from '#libs/case-domain';
import { openLedger, settle } from '#libs/case-ledger';
import { type CallFact, factId, factRecord, newId } from '#libs/interaction';
import { Metrics } from '#libs/runtime';
import { aCall, aCallParty, anInteraction } from '#libs/testing';
import { type Delivery, PostgresDeliveryLog } from '#libs/channel-kit';
import { suspend } from '../case-api/suspended.js';
import type { Installation } from './installation.js';

/** The key of both for their first case, with the same body but for the words. */
export const SAME_KEY = { 'idempotency-key': '"the-same-key"' };

export const firstCaseOf = (word: string): object => ({
  subject: `The lamp of ${word} is broken`,
  description: `It fell, says ${word}.`,
  requester: { email: `maria@${word}.example`, name: `Maria ${word}` },
});

/** Something of each kind that there is, by requests and by what comes in. @throws when one of them is refused. */
export async function seed(installation: Installation): Promise<void> {
  const { word, pool, accountId } = installation;
  const made = async (line: string, body: unknown, headers = {}): Promise<{ id: string }> => {
    const { status, text, json } = await installation.ask(line, { body, headers });
    if (status > 299) {
      throw new Error(`${line} was answered ${status}: ${text}`);
    }
    return json as { id: string };
  };
  const first = await made('POST /v1/cases', firstCaseOf(word), SAME_KEY);
  const second = await made('POST /v1/cases', {
    subject: `More of ${word}`,
    requester: { phone: phoneOf(word), name: word },
  });
  const bytes = Buffer.from(`a picture of ${word}`);
  const file = await made(`POST /v1/attachments?file_name=${word}.txt`, bytes);
  await made(`POST /v1/cases/${first.id}/comments`, { body_text: `Said by ${word}`, attachment_ids: [file.id] });
  await made(`POST /v1/cases/${first.id}/links`, { case_id: second.id });
  await made('POST /v1/statuses', {
    key: 'lab',
    agent_label: `Lab of ${word}`,
    requester_label: word,
    category: 'open',
  });
  await made('POST /v1/case-fields', { key: 'model', label: `Model of ${word}`, type: 'text' });
  await made('POST /v1/clients', { name: `client of ${word}`, scopes: ['cases:read'] });
  await receive(installation);
  await suspend({ database: { pool } }, 'unverified_sender', new Date().toISOString(), accountId);
  await noteDelivery(installation);
}

export const phoneOf = (word: string): string => `+3519100000${10 + (word.length % 90)}`;

/** A mail with its raw bytes named, and a call. */
async function receive({ word, pool, accountId, configuration }: Installation): Promise<void> {
  const address = configuration.mailboxes[0]?.address ?? '';
  const content = { subject: `Mail of ${word}`, text: `Words of ${word}`, attachments: [] };
  const interaction = anInteraction({
    accountId,
    externalId: `<1@${word}.example>`,
    endpoint: { kind: 'mailbox', address },
    sender: { kind: 'email', value: `joao@${word}.example`, name: `João ${word}` },
    content,
  });
  const payload = Buffer.from(JSON.stringify(interaction));
  const line = configuration.account.id.endsWith('1') ? '+351210000001' : '+351210000002';
  const facts = aCall().map((fact): CallFact => {
    const parties = fact.from ? { from: aCallParty(phoneOf(word), `Caller ${word}`), to: aCallParty(line) } : {};
    return { ...fact, ...parties, accountId, id: factId(accountId, 'call', fact.origin) };
  });
  const inputs = [
    { kind: 'interaction', interaction, payload } as const,
    ...facts.map((fact) => {
      const parsed = CALL_FOLD.parse(Buffer.from(factRecord(fact).value ?? ''));
      if (!parsed.ok) {
        throw new Error(`${parsed.reason}: ${parsed.detail}`);
      }
      return { kind: 'fact', fold: CALL_FOLD, fact: parsed.fact } as const;
    }),
  ];
  const [settlement] = await settle(openLedger(pool, new Metrics()), [{ accountId, inputs }]);
  if (settlement?.known !== true) {
    throw new Error(`The account of ${word} is not known.`);
  }
}

async function noteDelivery({ word, pool, accountId }: Installation): Promise<void> {
  const log = new PostgresDeliveryLog({
    ...{ pool, accountId, secrets: [] },
    metrics: { unlogged: () => undefined },
    logger: { warn: () => undefined },
  });
  const delivery: Delivery = {
    ...{
      id: newId(),
      receivedAt: Date.now(),
      connection: 'generic/pbx',
      path: `/webhooks/generic/pbx/calls?of=${word}`,
    },
    ...{ contentType: 'application/json', bytes: 120, verdict: 'verified', reason: null, signedAddress: null },
    ...{ eventIds: [`event of ${word}`], facts: [], milliseconds: 4, answer: 202, body: { id: word } },
  };
  log.note(delivery, () => delivery);
  await log.stop();
}
