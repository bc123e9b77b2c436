import { setTimeout as delay } from 'node:timers/promises';
import { settle } from '#libs/case-ledger';
import { declareConfiguration } from '#libs/case-store';
import { declaredId, newId } from '#libs/interaction';
import { aDeclaration, aDeclaredAccount, aDeclaredAgent, aDeclaredGroup, aMail, createApiKey } from '#libs/testing';
import { type Random, seededRandom } from '../../faults/random.js';
import { type KnownThings, randomRequest } from '../../invariants/random-requests.js';
import { closeAfter, ledgerOf } from '../case-api/beside-http.js';
import { OUR_ACCOUNT } from '../case-api/identities.js';
import { aWorld, type World } from '../case-api/world.js';

/** What the writers of a run have met. */
export interface RunReport {
  /** By status of the answer: how many. */
  readonly answers: Record<string, number>;
  readonly mails: { settled: number };
  /** Cases that the timer closed. */
  readonly closed: { count: number };
  /** What should never happen: answers of 5xx, and throws. */
  readonly failures: string[];
}

/** A client of the API, mails and timers on one database. */
export interface Writers {
  readonly world: World;
  /** Eleven writers at once, each so many steps, on at most twenty cases beside what mails open. */
  run(seed: number, steps: number): Promise<RunReport>;
}

type Send = (line: string, body?: object, headers?: Record<string, string>) => Promise<Sent>;
interface Sent {
  readonly status: number;
  readonly body: { readonly id?: string; readonly code?: string };
}

/** What one run shares. */
interface Run {
  readonly world: World;
  readonly known: KnownThings;
  readonly messageIds: string[];
  readonly report: RunReport;
  readonly send: Send;
}

const AGENTS = ['ana', 'ben', 'bo'].map((name) => `${name}@acme.example`);

export async function manyWriters(): Promise<Writers> {
  const world = await aWorld();
  const { pool } = world.database;
  const [ana = '', ben = '', bo = ''] = AGENTS;
  const agents = [
    aDeclaredAgent(ana, 'Ana'),
    { ...aDeclaredAgent(ben, 'Ben'), groups: ['Support', 'Sales'] },
    { ...aDeclaredAgent(bo, 'Bo'), groups: ['Sales'] },
  ];
  const groups = [aDeclaredGroup('Support', 'least_open'), aDeclaredGroup('Sales', 'round_robin')];
  // Senders are few and fast: the limits behind which their mails would wait are not what is looked at here.
  const backStops = { newCasesPerHour: 0, messagesPerCaseAndHour: 0, automaticPerDay: 0 };
  const account = aDeclaredAccount({ id: OUR_ACCOUNT, backStops });
  await declareConfiguration(pool, aDeclaration({ account, groups, agents }));
  const scopes = ['cases:admin', 'config:write', 'impersonate'];
  const key = await createApiKey(pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes });
  const send: Send = (line, body, headers = {}) =>
    world.send(line, { key, headers, ...(body === undefined ? {} : { body }) });
  return { world, run: (seed, steps) => runOnce(world, send, seed, steps) };
}

async function runOnce(world: World, send: Send, seed: number, steps: number): Promise<RunReport> {
  const report: RunReport = { answers: {}, mails: { settled: 0 }, closed: { count: 0 }, failures: [] };
  const known = {
    caseIds: [],
    agentIds: AGENTS.map((email) => declaredId(OUR_ACCOUNT, 'agent', email)),
    statusKeys: ['on_hold', 'pending', `lab_${seed}`],
  };
  const run: Run = { world, known, messageIds: [], report, send };
  const [people, mailers] = [6, 3];
  const writers = [
    ...Array.from({ length: people }, (_, index) => person(run, seededRandom(seed * 100 + index), steps)),
    ...Array.from({ length: mailers }, (_, index) => mailer(run, seededRandom(seed * 100 + 50 + index), steps, index)),
    timer(run, steps),
    statusKeeper(run, seed, steps),
  ];
  const endings = await Promise.allSettled(writers);
  endings.forEach((one) => one.status === 'rejected' && report.failures.push(String(one.reason)));
  return report;
}

/** Asks again and again; now and then twice at once with one key, as who lost an answer does. */
async function person({ known, report, send }: Run, random: Random, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    const { line, body } = randomRequest(random, known);
    const headers: Record<string, string> = random.fraction() < 0.2 ? { 'idempotency-key': newId() } : {};
    const times = headers['idempotency-key'] === undefined ? 1 : 2;
    const answers = await Promise.all(Array.from({ length: times }, () => send(line, body, headers)));
    for (const { status, body: said } of answers) {
      report.answers[status] = (report.answers[status] ?? 0) + 1;
      if (status >= 500) {
        report.failures.push(`${line} ${JSON.stringify(body)}: ${status} ${JSON.stringify(said)}`);
      }
      if (line === 'POST /v1/cases' && status === 201 && said.id !== undefined && !known.caseIds.includes(said.id)) {
        known.caseIds.push(said.id);
      }
    }
  }
}

/** First mails, answers to any of them, and mails that came before, in batches as a topic hands them over. */
async function mailer(run: Run, random: Random, steps: number, index: number): Promise<void> {
  const { world, known, messageIds, report } = run;
  for (let step = 0; step < steps; step += 2) {
    const mails = Array.from({ length: 1 + random.below(3) }, (_, place) => {
      const from = `customer${random.below(6)}@example.org`;
      const again = messageIds.length > 3 && random.fraction() < 0.2;
      const messageId = again ? random.oneOf(messageIds) : `<${run.known.statusKeys[2]}-${index}-${step}-${place}@x>`;
      const isFirst = messageIds.length === 0 || (known.caseIds.length < 20 && random.fraction() < 0.15);
      const headers = isFirst || again ? {} : { inReplyTo: random.oneOf(messageIds) };
      return aMail({ messageId, from, ...headers }, { accountId: OUR_ACCOUNT });
    });
    const inputs = mails.map((interaction) => {
      return { kind: 'interaction', interaction, payload: Buffer.from(JSON.stringify(interaction)) } as const;
    });
    await settle(ledgerOf(world), [{ accountId: OUR_ACCOUNT, inputs }]);
    report.mails.settled += mails.length;
    for (const { externalId, id } of mails) {
      const text = 'select case_id as id from interaction where id = $1 and case_id is not null';
      const [found] = (await world.database.pool.query<{ id: string }>(text, [id])).rows;
      messageIds.push(externalId);
      if (found !== undefined && known.caseIds.length < 20 && !known.caseIds.includes(found.id)) {
        known.caseIds.push(found.id);
      }
    }
  }
}

/** Six days later all that is resolved is due, whatever has been resolved meanwhile. */
async function timer({ world, report }: Run, steps: number): Promise<void> {
  for (let round = 0; round < steps / 6; round += 1) {
    await delay(120);
    report.closed.count += await closeAfter(world, new Date().toISOString(), 6);
  }
}

/** Makes a status, lets it be used, and takes it away from all cases that have it. */
async function statusKeeper({ send, report }: Run, seed: number, steps: number): Promise<void> {
  const key = `lab_${seed}`;
  const say = async (line: string, body: object): Promise<void> => {
    const { status, body: said } = await send(line, body);
    if (status >= 400) {
      report.failures.push(`${line} ${JSON.stringify(body)}: ${status} ${JSON.stringify(said)}`);
    }
  };
  await say('POST /v1/statuses', { key, agent_label: 'Lab', category: 'on_hold' });
  for (let round = 0; round < steps / 6; round += 1) {
    await delay(100);
    await say(`PATCH /v1/statuses/key:${key}`, { active: false, replacement_id: 'key:on_hold' });
    await say(`PATCH /v1/statuses/key:${key}`, { active: true });
  }
}
