import { Agent } from 'node:http';
import fc from 'fast-check';
import { seededRandom } from '../faults/random.js';
import { type ApiDocument, type Operation, operationsOf } from './document.js';
import { judgeBy } from './judge.js';
import { Knowledge } from './knowledge.js';
import { type Plan, requestsOf } from './request.js';
import { SENSE } from './sense.js';
import { curlOf, exchange, type ReceivedAnswer, type SentRequest, sentRequestOf } from './send.js';
import { codeOf, Tally } from './tally.js';

/** A running service. */
export interface FuzzedService {
  readonly origin: string;
  /** Of a client that may do everything, and that nobody can change. */
  readonly key: string;
  readonly document: ApiDocument;
  /** Tells what exists, and no answer says. */
  readonly acquaint: (knowledge: Knowledge) => void;
}

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** After every so many requests. */
  readonly progress?: (sent: number, tally: Tally) => void;
}

/** A failing request, once for each thing that was wrong. */
export interface Failure {
  readonly operation: string;
  readonly fault: string;
  readonly curl: string;
  readonly answer: string;
}

export interface FuzzReport {
  readonly tally: Tally;
  readonly failures: readonly Failure[];
}

const BATCH = 20;
const PROGRESS = 1000;
const LONGEST_ANSWER = 600;

/** Sends requests one after another, and looks at every answer. The same seed plans the same requests. */
export async function fuzz(service: FuzzedService, { requests, seed, progress }: FuzzOptions): Promise<FuzzReport> {
  const operations = operationsOf(service.document);
  refuseUnknown(Object.keys(SENSE), operations);
  const plans = operations.map((operation, index) => plansOf(operation, service.document, seed + index * 7919));
  const knowledge = new Knowledge(service.document);
  service.acquaint(knowledge);
  const judge = judgeBy(service.document);
  const tally = new Tally(operations.map(({ id }) => id));
  const failures = new Map<string, Failure>();
  const choose = chooser(operations, seed);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let sent = 1; sent <= requests; sent += 1) {
    const plan = plans[choose()]?.next().value as Plan;
    const request = sentRequestOf(plan, knowledge, service.key);
    const answer = await exchange(service.origin, request, agent).catch((error: Error) => unanswered(error));
    const faults =
      answer.status === 0 ? [`no answer: ${answer.body.toString()}`] : judge.faultsOf(plan.operation, answer);
    tally.count(plan.operation.id, answer, plan.isHostile);
    for (const fault of faults) {
      const name = `${plan.operation.id} ${fault}`;
      const shown = answer.body.subarray(0, LONGEST_ANSWER).toString();
      const curl = curlOf(service.origin, request);
      failures.set(name, failures.get(name) ?? { operation: plan.operation.id, fault, curl, answer: shown });
    }
    learn(knowledge, plan.operation, request, answer);
    if (sent % PROGRESS === 0) {
      progress?.(sent, tally);
    }
  }
  agent.destroy();
  return { tally, failures: [...failures.values()] };
}

function refuseUnknown(named: readonly string[], operations: readonly Operation[]): void {
  const unknown = named.filter((name) => operations.every(({ id }) => id !== name));
  if (unknown.length > 0) {
    throw new Error(`sense.ts speaks of ${unknown.join(', ')}, which the description does not have`);
  }
}

/** Endless, in batches, because making values is dearer than asking for the next. */
function* plansOf(operation: Operation, document: ApiDocument, seed: number): Generator<Plan, never> {
  const arbitrary = requestsOf(operation, document);
  for (let batch = 0; ; batch += 1) {
    yield* fc.sample(arbitrary, { numRuns: BATCH, seed: seed + batch * 104_729 });
  }
}

/** Each operation in turn, in another order each time; what makes something new comes up more often. */
function chooser(operations: readonly Operation[], seed: number): () => number {
  const random = seededRandom(seed);
  const turns = operations.flatMap(({ answers }, index) => (answers[201] === undefined ? [index] : [index, index]));
  let left: number[] = [];
  return () => {
    if (left.length === 0) {
      left = turns
        .map((index) => [random.fraction(), index] as const)
        .sort(([one], [other]) => one - other)
        .map(([, index]) => index);
    }
    return left.pop() ?? 0;
  };
}

function learn(knowledge: Knowledge, operation: Operation, { path, body }: SentRequest, answer: ReceivedAnswer): void {
  if (answer.status >= 300) {
    knowledge.learnProblem(codeOf(answer), path);
    return;
  }
  knowledge.learn(operation, answer.status, jsonOf(operation, answer), path);
  if (answer.status === 204) {
    knowledge.learnProblem('not-found', path);
  }
  const lists = body?.toString('latin1').matchAll(/"attachment_ids":\[([^\]]*)\]/g) ?? [];
  knowledge.use([...lists].flatMap(([, list = '']) => [...list.matchAll(/[0-9a-f-]{36}/g)].map(([id]) => id)));
}

function unanswered(error: Error): ReceivedAnswer {
  return { status: 0, headers: {}, body: Buffer.from(error.message) };
}

/** What is described as JSON; a file that somebody uploaded may only call itself so. */
function jsonOf({ answers }: Operation, { status, headers, body }: ReceivedAnswer): unknown {
  const isJson = String(headers['content-type']).startsWith('application/json');
  return isJson && answers[status]?.schemas['application/json'] !== undefined ? JSON.parse(body.toString()) : null;
}
