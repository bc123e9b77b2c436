import { Inject } from '@nestjs/common';
import { bodyOf, faultless, readBody } from '../../body/read-body.js';
import type { RawComment } from '../../comments/comment-body.js';
import { CommentTexts } from '../../comments/comment-texts.js';
import { ProblemException } from '../../http/problem.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CommandRoute } from '../../routes/routes.js';
import type { Answer, WrittenAnswer } from '../../writing/answer.js';
import { type Settling, Writes } from '../../writing/writes.js';
import { readTarget } from '../case-name.js';
import { BULK_FIELDS, type BulkItem } from './bulk-body.js';
import { BulkResultsResource } from './bulk.resource.js';
import { CaseCommands, problemAnswer } from './case-commands.js';

/** Many changes of cases in one request. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:write' })
export class BulkController {
  constructor(
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CaseCommands) private readonly commands: CaseCommands,
    @Inject(CommentTexts) private readonly texts: CommentTexts,
  ) {}

  @CommandRoute('bulk', {
    operationId: 'changeCases',
    summary: 'Change up to 100 cases, each by itself',
    description:
      'Items are done in their order, each in a transaction of its own, and each ends as the single request would: one ' +
      'that is refused stops no other. Sent again with its Idempotency-Key, a request that broke off does what is missing.',
    body: bodyOf(BULK_FIELDS),
    answer: BulkResultsResource,
    problems: ['too-many-items', 'field-required'],
  })
  async change(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const read = readBody(body.value, BULK_FIELDS);
    return this.writes.stepwise(exchange, body, {
      stepsOf: () => faultless(read).items.map((item) => () => this.step(exchange, item)),
      answerOf: (steps) => ({ status: 200, headers: {}, body: { results: steps.map(resultOf) } }),
    });
  }

  /** What makes an item impossible, whatever there is, is its answer; what lasts no longer than a moment is not. */
  private async step(exchange: Exchange, item: BulkItem): Promise<Settling | Answer> {
    try {
      return await this.settlingOf(exchange, item);
    } catch (error) {
      if (error instanceof ProblemException && error.getStatus() < 500) {
        return problemAnswer(exchange, error);
      }
      throw error;
    }
  }

  private async settlingOf(exchange: Exchange, { id, versions, form, given, at }: BulkItem): Promise<Settling> {
    const { comment } = given.value;
    const said = form.saidBy(given);
    const wish =
      comment === undefined ? {} : { comment: await this.texts.wishOf(comment as RawComment, `${at}/comment`) };
    const target = readTarget(id);
    return this.commands.step(exchange, { versions, at }, (who) => ({ ...said, ...wish, ...who, target }));
  }
}

function resultOf({ status, body }: WrittenAnswer, index: number): object {
  const answered = JSON.parse(body ?? 'null') as unknown;
  return status < 400 ? { index, status, case: answered } : { index, status, problem: answered };
}
