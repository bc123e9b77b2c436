import { Inject, Injectable } from '@nestjs/common';
import type { Asker, CaseCommand, CommandVerdict, Expected, Refusal } from '#libs/case-domain';
import { loadCase, type Queryable } from '#libs/case-store';
import { type JsonBody, requestIdentity } from '#libs/runtime';
import { askerOf } from '../../access/asker.js';
import type { Principal } from '../../access/principal.js';
import { entityTag } from '../../http/entity-tag.js';
import { type ProblemException, problemOf } from '../../http/problem.js';
import type { Exchange } from '../../routes/exchange.js';
import type { Answer } from '../../writing/answer.js';
import { type Settling, Writes } from '../../writing/writes.js';
import { loadCaseDetails } from '../case-details.js';
import { caseDetailOf } from '../case.resource.js';
import { changedSince, problemOfRefusal } from './refusal-problem.js';

/** What makes a command of a request, once it is known who asks and for which versions. */
export type CommandOf = (who: {
  readonly asker: Asker;
  readonly expected: Expected;
}) => CaseCommand | Promise<CaseCommand>;

/** What a request is answered with, when it was done. */
type AnswerOf = (client: Queryable, exchange: Exchange, verdict: CommandVerdict, now: string) => Promise<Answer>;

/** Names what changed since a version of what a command was about. */
type ChangedSince = (client: Queryable, caseOf: CaseOf, version: number) => Promise<string[]>;
interface CaseOf {
  readonly accountId: string;
  readonly caseId: string;
}

/** Gives commands about cases to the ledger, each in the transaction that its answer is kept in. */
@Injectable()
export class CaseCommands {
  constructor(@Inject(Writes) private readonly writes: Writes) {}

  /** Answers 201 with the case that was opened. */
  opening(exchange: Exchange, body: JsonBody, commandOf: CommandOf): Promise<string | undefined> {
    return this.run(exchange, body, commandOf, async (client, { principal }, verdict, now) => {
      const answer = await caseAnswer(client, principal, verdict, now);
      return { ...answer, status: 201, headers: { ...answer.headers, location: `/v1/cases/${verdict.caseId}` } };
    });
  }

  /** Answers 200 with the case as it is then, changed or not. */
  changing(exchange: Exchange, body: JsonBody, commandOf: CommandOf): Promise<string | undefined> {
    return this.run(exchange, body, commandOf, (client, { principal }, verdict, now) =>
      caseAnswer(client, principal, verdict, now),
    );
  }

  /** Answers with what `answerOf` makes of it. What `commandOf` throws is the answer, unless it was answered before. */
  async run(
    exchange: Exchange,
    body: JsonBody,
    commandOf: CommandOf,
    answerOf: AnswerOf,
    namesOf: ChangedSince = changedSince,
  ): Promise<string | undefined> {
    const { principal } = exchange;
    const { accountId } = principal;
    const expected = await this.writes.expectedVersions(exchange);
    const who = { asker: askerOf(principal), expected };
    const settling = settlingOf(
      () => commandOf(who),
      exchange,
      answerOf,
      async (client, refusal) => {
        throw problemOfRefusal(refusal, await membersOf(client, { accountId, expected, namesOf }, refusal));
      },
    );
    return this.writes.settled(exchange, body, settling);
  }

  /**
   * One step of a request: the case as it is then, or the problem that it ends in, both as answers.
   * `at`: where the command stands among what was sent.
   */
  async step(
    exchange: Exchange,
    { versions, at }: { readonly versions: readonly number[] | 'any' | null; readonly at: string },
    commandOf: CommandOf,
  ): Promise<Settling> {
    const { principal } = exchange;
    const { accountId } = principal;
    const expected = await this.writes.expecting(exchange, versions);
    const who = { asker: askerOf(principal), expected };
    const answerOf: AnswerOf = (client, _exchange, verdict, now) => caseAnswer(client, principal, verdict, now);
    return settlingOf(
      () => commandOf(who),
      exchange,
      answerOf,
      async (client, refusal) => {
        const faults = refusal.faults.map((fault) => ({ ...fault, pointer: `${at}${fault.pointer}` }));
        const members = await membersOf(client, { accountId, expected, namesOf: changedSince }, refusal);
        return problemAnswer(exchange, problemOfRefusal({ ...refusal, faults }, members));
      },
    );
  }
}

/** The problem of a part of a request, which is answered as a whole all the same. */
export function problemAnswer({ request }: Exchange, { draft }: ProblemException): Answer {
  const problem = problemOf(draft, { id: requestIdentity(request.raw), path: request.url });
  return { status: problem.status, headers: {}, body: problem };
}

function settlingOf(
  command: () => CaseCommand | Promise<CaseCommand>,
  exchange: Exchange,
  answerOf: AnswerOf,
  refusedWith: (client: Queryable, refusal: Refusal) => Promise<Answer>,
): Settling {
  return {
    inputsOf: async () => [{ kind: 'command', command: await command() }],
    answerOf: async (client, { answers }, now) => {
      const answer = answers.get(0);
      if (answer === undefined) {
        throw new Error('a command has no answer');
      }
      return answer.outcome === 'refused' ? refusedWith(client, answer) : answerOf(client, exchange, answer, now);
    },
  };
}

async function caseAnswer(
  client: Queryable,
  { accountId }: Principal,
  { caseId }: CommandVerdict,
  now: string,
): Promise<Answer> {
  const view = caseId === null ? null : await loadCase(client, accountId, { by: 'id', id: caseId });
  if (view === null) {
    throw new Error('a case that was just written is not there');
  }
  const body = caseDetailOf(view, await loadCaseDetails(client, view, now));
  return { status: 200, headers: { etag: entityTag(view.state.version) }, body };
}

/** What a client needs to decide again when somebody else was first. */
async function membersOf(
  client: Queryable,
  asked: { readonly accountId: string; readonly expected: Expected; readonly namesOf: ChangedSince },
  { code, caseId, currentVersion }: Refusal,
): Promise<Readonly<Record<string, unknown>>> {
  if (code !== 'version-mismatch' || caseId === null) {
    return {};
  }
  const { accountId, expected, namesOf } = asked;
  const named = Array.isArray(expected) ? Math.max(0, ...(expected as readonly number[])) : 0;
  const fields = named === 0 ? [] : await namesOf(client, { accountId, caseId }, named);
  return { current_version: currentVersion, changed_fields: fields };
}
