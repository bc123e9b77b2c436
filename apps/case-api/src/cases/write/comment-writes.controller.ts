import { Inject, Param } from '@nestjs/common';
import type { EditCommentCommand, RedactCommentCommand } from '#libs/case-domain';
import { listChangedTexts } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import type { JsonBody } from '#libs/runtime';
import type { Pool } from 'pg';
import { bodyOf, readBody } from '../../body/read-body.js';
import { CaseCommands } from './case-commands.js';
import { OF_EDITING, OF_REDACTING } from './case-problems.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CommandRoute, PatchRoute } from '../../routes/routes.js';
import { Writes } from '../../writing/writes.js';
import { commentAnswer, commentAt } from '../../comments/comment-answer.js';
import { COMMENT_PATCH, REDACTION } from '../../comments/comment-body.js';
import { CommentTexts } from '../../comments/comment-texts.js';
import { CommentResource } from '../../comments/comment.resource.js';

const COMMENT_ID = { name: 'id', format: 'uuid' } as const;
/** What a command about a comment says beside who gives it, and which comment it is about. */
type Said =
  | Pick<EditCommentCommand, 'command' | 'texts' | 'faults'>
  | Pick<RedactCommentCommand, 'command' | 'reason' | 'faults'>;

/** What becomes of what people wrote: it is edited, or taken away. */
@ResourceController('v1/comments', { tag: 'comments', scope: 'cases:write' })
export class CommentWritesController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CaseCommands) private readonly commands: CaseCommands,
    @Inject(CommentTexts) private readonly texts: CommentTexts,
  ) {}

  @PatchRoute(':id', {
    operationId: 'updateComment',
    summary: 'Change what a comment says; its author does, or an administrator',
    parameters: [COMMENT_ID],
    body: bodyOf(COMMENT_PATCH),
    answer: CommentResource,
    problems: OF_EDITING,
  })
  async update(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, COMMENT_PATCH);
    const texts = faults.length > 0 ? {} : await this.texts.textsOf(value);
    return this.give(exchange, body, id, { command: 'edit_comment', texts, faults });
  }

  @CommandRoute(':id/redact', {
    operationId: 'redactComment',
    summary: 'Take away what a comment said, from the history too; who did it, when and why stays',
    description: 'Also in closed cases. Topics never held what was said.',
    isVersioned: true,
    scope: 'cases:admin',
    parameters: [COMMENT_ID],
    body: bodyOf(REDACTION),
    answer: CommentResource,
    problems: OF_REDACTING,
  })
  async redact(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, REDACTION);
    return this.give(exchange, body, id, { command: 'redact_comment', reason: value.reason ?? null, faults });
  }

  /** A comment never leaves its case, so which one that is may be read beforehand. */
  private give(exchange: Exchange, body: JsonBody, id: string, said: Said): Promise<string | undefined> {
    const { accountId } = exchange.principal;
    return this.commands.run(
      exchange,
      body,
      async (who) => {
        const { caseId, id: commentId } = await commentAt(this.pool, accountId, id);
        return { ...said, ...who, commentId, target: { by: 'id', value: caseId } };
      },
      (client) => commentAnswer(client, accountId, id),
      (client, _case, version) => listChangedTexts(client, accountId, id.toLowerCase(), version),
    );
  }
}
