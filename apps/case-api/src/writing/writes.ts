import { Inject, Injectable } from '@nestjs/common';
import type { AccountRules, Expected } from '#libs/case-domain';
import { type Input, LEDGER, type LedgerDependencies, settle, type Settlement } from '#libs/case-ledger';
import type { Queryable } from '#libs/case-store';
import { transaction } from '#libs/postgres';
import { type JsonBody, readJsonBody } from '#libs/runtime';
import type { PoolClient } from 'pg';
import { namedVersion, namedVersions, readIfMatch } from '../http/if-match.js';
import { ProblemException } from '../http/problem.js';
import type { Exchange } from '../routes/exchange.js';
import { type Answer, send, type WrittenAnswer, writtenAnswerOf } from './answer.js';
import { fingerprintOf, readIdempotencyKey } from './idempotency-key.js';
import { ONCE, Replay, type Repetition, repetitionOf } from './repetition.js';

/** What a merge patch (RFC 7396) may be called. */
const PATCH_TYPES = ['application/merge-patch+json', 'application/json'];

/** The version of what is to be changed. */
interface Versioned {
  readonly version: number;
  /** Public names of the fields that changed since a version, which may be anything that a client sent. */
  readonly changedSince: (version: number) => Promise<readonly string[]> | readonly string[];
}

/** What the inputs of the account came to: endings, and the answers to commands, by the places of the inputs. */
export type Settled = Extract<Settlement, { readonly known: true }>;

/** What a command gives to the ledger, and makes of it. */
export interface Settling {
  /** May throw the problems that can be told before anything is loaded. */
  readonly inputsOf: () => readonly Input[] | Promise<readonly Input[]>;
  /** In the transaction, after all was written. A refusal is thrown here, and leaves nothing of it. */
  readonly answerOf: (client: PoolClient, settled: Settled, now: string) => Promise<Answer>;
}

/** One of the steps of a request: what it settles, or its answer where nothing is needed to know it. */
export type Step = () => Promise<Settling | Answer>;

/** A request that is done step by step, each step in a transaction of its own. */
export interface Stepwise {
  /** May throw what is wrong with the request as a whole; nothing is done then. Not asked for a repetition. */
  readonly stepsOf: () => readonly Step[];
  /** Of what the steps came to, in their order. */
  readonly answerOf: (steps: readonly WrittenAnswer[]) => Answer;
}

/**
 * What every write goes through, in the order of checks: the body (413, 415, 400), the key of idempotency (400, then in
 * the transaction 422, 409 or the answer of before), and in the handler's own work 404, `checkVersion` (428, 412), all
 * faults at once (422), the state (409).
 */
@Injectable()
export class Writes {
  constructor(@Inject(LEDGER) private readonly ledger: LedgerDependencies) {}

  /** Reads the body of the request, whatever it says. A PATCH is a merge patch; `{}` stands for no body. */
  readBody({ request }: Exchange): Promise<JsonBody> {
    return request.method === 'PATCH' ? readJsonBody(request, PATCH_TYPES) : readJsonBody(request);
  }

  /** Throws 400 for a key of idempotency that cannot be read, before a large body is. */
  checkKey({ request }: Exchange): void {
    readIdempotencyKey([request.headers['idempotency-key']].flat().join(', ') || undefined);
  }

  /**
   * For what the ledger does not write: runs `work` in one transaction, once for all repetitions of the request. The
   * handler returns what this returns.
   */
  inTransaction(
    exchange: Exchange,
    body: JsonBody,
    work: (client: PoolClient) => Promise<Answer>,
  ): Promise<string | undefined> {
    return this.once(exchange, body, (repetition) =>
      transaction(this.ledger.pool, async (client) => {
        await repetition.before(client);
        return repetition.keep(client, await work(client));
      }),
    );
  }

  /** `inTransaction` for what decisions go by: this process knows it at once, others within a second. */
  async configure(
    exchange: Exchange,
    body: JsonBody,
    work: (client: PoolClient) => Promise<Answer>,
  ): Promise<string | undefined> {
    try {
      return await this.inTransaction(exchange, body, work);
    } finally {
      this.ledger.directory.invalidate(exchange.principal.accountId);
    }
  }

  /**
   * For what the ledger writes: settles the inputs, and has the answer made in their transaction. What either of the two
   * throws is the answer, and nothing is written then. `inputsOf` is not asked for a repetition.
   */
  settled(exchange: Exchange, body: JsonBody, settling: Settling): Promise<string | undefined> {
    return this.once(exchange, body, (repetition) => this.settleOnce(exchange, repetition, settling));
  }

  /**
   * For many things in one request, of which each is done or refused by itself: one step after another. What a step came
   * to is kept in its transaction, so that the repetition of a request that broke off does only what is missing.
   */
  stepwise(exchange: Exchange, body: JsonBody, { stepsOf, answerOf }: Stepwise): Promise<string | undefined> {
    return this.once(exchange, body, async (repetition) => {
      const steps = stepsOf();
      const kept = await repetition.keptSteps(this.ledger.pool, steps.length);
      const answers: WrittenAnswer[] = [];
      for (const [index, step] of steps.entries()) {
        answers.push(kept.get(index) ?? (await this.stepOnce(exchange, repetition.ofStep(index), step)));
      }
      return transaction(this.ledger.pool, async (client) => {
        await repetition.before(client);
        return repetition.keep(client, answerOf(answers));
      });
    });
  }

  private async stepOnce(exchange: Exchange, repetition: Repetition, step: Step): Promise<WrittenAnswer> {
    const settling = await step();
    if ('status' in settling) {
      return writtenAnswerOf(settling);
    }
    try {
      return writtenAnswerOf(await this.settleOnce(exchange, repetition, settling));
    } catch (error) {
      if (error instanceof Replay) {
        return error.answer;
      }
      throw error;
    }
  }

  private async settleOnce(
    { principal: { accountId } }: Exchange,
    repetition: Repetition,
    { inputsOf, answerOf }: Settling,
  ): Promise<Answer> {
    const answers: Answer[] = [];
    await settle(this.ledger, [{ accountId, inputs: await inputsOf() }], {
      before: (client) => repetition.before(client),
      after: async (client, [settlement], now) => {
        answers.push(await repetition.keep(client, await answerOf(client, settledOf(settlement), now)));
      },
    });
    return committed(answers);
  }

  /** Answers a repetition from what was kept, else with what `work` comes to in a transaction that it runs by itself. */
  private async once(
    exchange: Exchange,
    body: JsonBody,
    work: (repetition: Repetition) => Promise<Answer>,
  ): Promise<string | undefined> {
    const repetition = await this.repetitionOf(exchange, body);
    try {
      await repetition.ask(this.ledger.pool);
      return send(exchange.reply, writtenAnswerOf(await work(repetition)));
    } catch (error) {
      if (!(error instanceof Replay)) {
        throw error;
      }
      void exchange.reply.header('idempotency-replayed', 'true');
      return send(exchange.reply, error.answer);
    }
  }

  /** Throws 428 when the account asks for `If-Match` and there is none, 412 when it names no version that is there. */
  async checkVersion(
    client: Queryable,
    { principal, request }: Exchange,
    { version, changedSince }: Versioned,
  ): Promise<void> {
    const ifMatch = readIfMatch(request.headers['if-match']);
    if (ifMatch === null) {
      if ((await this.rulesOf(client, principal.accountId))?.requireIfMatch === true) {
        const detail = 'The account asks for the header If-Match with every change: send the ETag of what you have.';
        throw new ProblemException({ code: 'precondition-required', detail });
      }
      return;
    }
    if (ifMatch === 'any' || ifMatch.includes(String(version))) {
      return;
    }
    const named = namedVersion(ifMatch);
    const members = { current_version: version, changed_fields: named === null ? [] : await changedSince(named) };
    throw new ProblemException({ code: 'version-mismatch', detail: `The version is ${version} now.`, members });
  }

  /** `If-Match` as commands take it. Throws 400 for a header that cannot be read. */
  async expectedVersions(exchange: Exchange): Promise<Expected> {
    const ifMatch = readIfMatch(exchange.request.headers['if-match']);
    return ifMatch === null || ifMatch === 'any' ? this.expecting(exchange, ifMatch) : namedVersions(ifMatch);
  }

  /** The versions that somebody said; when he said none, that may be what the account does not allow. */
  async expecting({ principal }: Exchange, said: readonly number[] | 'any' | null): Promise<Expected> {
    if (said !== null) {
      return said;
    }
    const rules = await this.rulesOf(this.ledger.pool, principal.accountId);
    return rules?.requireIfMatch === true ? 'missing' : null;
  }

  private async repetitionOf({ principal, request }: Exchange, body: JsonBody): Promise<Repetition> {
    const { accountId, clientId } = principal;
    const header = request.headers['idempotency-key'];
    const key = readIdempotencyKey(Array.isArray(header) ? header.join(', ') : header);
    if (key !== null) {
      return repetitionOf({ accountId, clientId, key }, fingerprintOf(request, body));
    }
    if ((await this.rulesOf(this.ledger.pool, accountId))?.requireIdempotencyKey === true) {
      const detail = 'The account asks for the header Idempotency-Key with every change.';
      throw new ProblemException({ code: 'idempotency-key-missing', detail });
    }
    return ONCE;
  }

  private async rulesOf(client: Queryable, accountId: string): Promise<AccountRules | null> {
    return (await this.ledger.directory.find(client, accountId))?.rules ?? null;
  }
}

function settledOf(settlement: Settlement | undefined): Settled {
  if (settlement?.known !== true) {
    throw new Error('the account of an API client is not set up');
  }
  return settlement;
}

/** The transaction may have run several times; the last run is the one that was committed. */
function committed(answers: readonly Answer[]): Answer {
  const answer = answers.at(-1);
  if (answer === undefined) {
    throw new Error('the transaction ended without an answer');
  }
  return answer;
}
