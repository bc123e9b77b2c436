import { type CaseCommand } from '#libs/case-domain';
import { aCreation, agentIdOf, byId } from '#libs/testing';
import type { CommandWorld } from '../../integration/commands/world.js';
import type { ExpectedTraces, Part } from './traces.js';

/** A request that can be repeated, and what of it happens as a whole or not at all. */
export interface KeyedRequest {
  readonly line: string;
  readonly body: object;
  readonly idempotencyKey: string;
  /** Each is one transaction. */
  readonly parts: readonly Part[];
}

/** How much is commanded at once. */
export interface Amount {
  readonly incidents: number;
  readonly merges: number;
  /** Cases that end in another by one merge. */
  readonly sources: number;
  readonly bulks: number;
  /** Changes in one request. */
  readonly items: number;
  readonly creations: number;
}

const ANA = agentIdOf('ana@acme.example');
const NOTHING: ExpectedTraces = { versions: 0, events: 0, told: 0, comments: 0, kept: 0, there: 0 };

/**
 * Makes the cases of a round, and requests about them that do not meet: a problem is resolved with its incidents, cases
 * are merged, many are changed in one request, and others opened.
 */
export async function planRequests(world: CommandWorld, round: number, amount: Amount): Promise<KeyedRequest[]> {
  const many = <One>(count: number, one: (index: number) => Promise<One>): Promise<One[]> =>
    Array.from({ length: count }, (_, index) => index).reduce<Promise<One[]>>(
      async (before, index) => [...(await before), await one(index)],
      Promise.resolve([]),
    );
  return [
    await resolutionOf(world, round, amount.incidents),
    ...(await many(amount.merges, (index) => mergeOf(world, `${round}-merge-${index}`, amount.sources))),
    ...(await many(amount.bulks, (index) => bulkOf(world, `${round}-bulk-${index}`, amount.items))),
    ...Array.from({ length: amount.creations }, (_, index) => creationOf(`${round}-creation-${index}`)),
  ];
}

async function resolutionOf(world: CommandWorld, round: number, incidents: number): Promise<KeyedRequest> {
  const [problemId = ''] = await openCases(world, [aCreation({ type: 'problem', assigneeId: byId(ANA) })]);
  const link = { type: 'incident', problemId: byId(problemId) } as const;
  // Of every category that an incident can be opened in.
  const wishes = [{}, { assigneeId: byId(ANA) }, { assigneeId: byId(ANA), status: 'pending' }] as const;
  const commands = Array.from({ length: incidents }, (_, index) => aCreation({ ...link, ...wishes[index % 3] }));
  const cases = [problemId, ...(await openCases(world, commands))];
  const idempotencyKey = `${round}-resolution`;
  const [changed, goal] = [cases.length, { category: 'resolved', resolution: 'It is up again.' }];
  const leaves = { ...NOTHING, versions: changed, events: changed, told: changed, kept: 1, there: changed };
  const body = { resolution: goal.resolution };
  const parts = [{ what: `a problem and ${incidents} incidents`, key: idempotencyKey, cases, goal, leaves }];
  return { line: `POST /v1/cases/${problemId}/resolve`, body, idempotencyKey, parts };
}

async function mergeOf(world: CommandWorld, idempotencyKey: string, sources: number): Promise<KeyedRequest> {
  const [main = '', ...others] = await openCases(
    world,
    Array.from({ length: sources + 1 }, () => aCreation()),
  );
  // The main case tells that it received the others, and has a note about them.
  const changed = sources + 2;
  const leaves = { versions: changed, events: changed, told: changed, comments: 1, kept: 1, there: sources };
  const goal = { merged_into_id: main, closed_reason: 'merged' };
  const parts = [{ what: `${sources} merged cases`, key: idempotencyKey, cases: [main, ...others], goal, leaves }];
  return { line: `POST /v1/cases/${main}/merge`, body: { source_ids: others }, idempotencyKey, parts };
}

async function bulkOf(world: CommandWorld, idempotencyKey: string, count: number): Promise<KeyedRequest> {
  const cases = await openCases(
    world,
    Array.from({ length: count }, () => aCreation()),
  );
  const patch = { priority: 'high', comment: { body_text: 'Seen to.' } };
  const leaves = { versions: 2, events: 2, told: 2, comments: 1, kept: 1, there: 1 };
  const ofItems = cases.map((id, index) => {
    const key = `${idempotencyKey}\n${index}`;
    return { what: `item ${index} of a bulk`, key, cases: [id], goal: { priority: 'high' }, leaves };
  });
  const ofAnswer = { what: 'the answer to a bulk', key: idempotencyKey, cases: [], goal: {} };
  const parts = [...ofItems, { ...ofAnswer, leaves: { ...NOTHING, kept: 1 } }];
  const items = cases.map((id) => ({ op: 'update', id, patch }));
  return { line: 'POST /v1/cases/bulk', body: { items }, idempotencyKey, parts };
}

function creationOf(idempotencyKey: string): KeyedRequest {
  const leaves = { ...NOTHING, versions: 1, events: 1, told: 1, kept: 1, there: 1 };
  const parts = [{ what: 'a new case', key: idempotencyKey, cases: idempotencyKey, goal: { category: 'new' }, leaves }];
  // For somebody whom nobody has served before.
  const body = { subject: idempotencyKey, requester: { email: `${idempotencyKey}@example.org` } };
  return { line: 'POST /v1/cases', body, idempotencyKey, parts };
}

/** Ids of new cases, in the order of the commands. */
async function openCases(world: CommandWorld, commands: readonly CaseCommand[]): Promise<string[]> {
  const answers = await world.settle(...commands);
  return answers.map((answer) => {
    if (answer.outcome === 'refused') {
      throw new Error(`not opened: ${JSON.stringify(answer)}`);
    }
    return answer.caseId ?? '';
  });
}
