import { Inject, Param } from '@nestjs/common';
import { bodyOf, readBody } from '../../body/read-body.js';
import { commentAnswer } from '../../comments/comment-answer.js';
import { COMMENT_FIELDS, readComment } from '../../comments/comment-body.js';
import { CommentTexts } from '../../comments/comment-texts.js';
import { CommentResource } from '../../comments/comment.resource.js';
import { IF_MATCH, OF_VERSIONS } from '../../routes/described-writes.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CreateRoute } from '../../routes/routes.js';
import { Writes } from '../../writing/writes.js';
import { CASE_ID, readTarget } from '../case-name.js';
import { CaseCommands } from './case-commands.js';
import * as problems from './case-problems.js';

/** What people write in a case. */
@ResourceController('v1/cases', { tag: 'comments', scope: 'cases:write' })
export class CaseCommentsController {
  constructor(
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CaseCommands) private readonly commands: CaseCommands,
    @Inject(CommentTexts) private readonly texts: CommentTexts,
  ) {}

  @CreateRoute(':id/comments', {
    operationId: 'createComment',
    summary: 'Write in a case: a note for colleagues, or publicly to the requester',
    parameters: [CASE_ID],
    body: bodyOf(COMMENT_FIELDS),
    answer: CommentResource,
    headers: [IF_MATCH],
    problems: [...problems.OF_COMMENTING, ...OF_VERSIONS],
  })
  async create(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { raw, faults } = readComment(readBody(body.value, COMMENT_FIELDS));
    const target = readTarget(id);
    const comment = raw === null ? {} : { comment: await this.texts.wishOf(raw, '') };
    return this.commands.run(
      exchange,
      body,
      (who) => ({ ...who, command: 'comment', target, faults, ...comment }),
      async (client, { principal }, { commentId = '' }) => {
        const answer = await commentAnswer(client, principal.accountId, commentId);
        return { ...answer, status: 201, headers: { ...answer.headers, location: `/v1/comments/${commentId}` } };
      },
    );
  }
}
