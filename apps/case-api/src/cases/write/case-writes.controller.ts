import { Inject, Param, Query } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { CommentWish } from '#libs/case-domain';
import type { Fields } from '../../body/field.js';
import { bodyOf, readBody } from '../../body/read-body.js';
import type { RawComment } from '../../comments/comment-body.js';
import { CommentTexts } from '../../comments/comment-texts.js';
import { truth } from '../../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../../query/query-reader.js';
import type { DescribedProblem } from '../../routes/describe-problems.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CommandRoute, type CommandSettings, CreateRoute, DeleteRoute, PatchRoute } from '../../routes/routes.js';
import { Writes } from '../../writing/writes.js';
import { CREATE_FIELDS, wishOf } from './case-body.js';
import { CaseCommands } from './case-commands.js';
import { CASE_ID, readTarget } from '../case-name.js';
import * as problems from './case-problems.js';
import { CaseDetailResource } from '../case.resource.js';
import * as forms from './command-forms.js';

type Form = forms.CommandForm<Fields>;

/** What the description says of a command. */
function commandOf(
  operationId: string,
  summary: string,
  { fields }: { readonly fields: Fields },
  ends: readonly DescribedProblem[] = problems.OF_CHANGING,
): CommandSettings {
  const body = bodyOf(fields);
  return {
    operationId,
    summary,
    isVersioned: true,
    parameters: [CASE_ID],
    body,
    answer: CaseDetailResource,
    problems: ends,
  };
}

const PERMANENT = truth('permanent');

/** What people and their systems do with cases: each request is one change of one case, or none. */
@ResourceController('v1/cases', { tag: 'cases', scope: 'cases:write' })
export class CaseWritesController {
  constructor(
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CaseCommands) private readonly commands: CaseCommands,
    @Inject(CommentTexts) private readonly texts: CommentTexts,
  ) {}

  @CreateRoute('', {
    operationId: 'createCase',
    summary: 'Open a case',
    body: bodyOf(CREATE_FIELDS),
    answer: CaseDetailResource,
    problems: problems.OF_CREATING,
  })
  async create(@Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, CREATE_FIELDS);
    const { source = 'api', follow_up_of_id: followUpOf = null } = value;
    const comment = await this.saidWith(value);
    return this.commands.opening(exchange, body, (who) => {
      return { ...who, ...comment, command: 'create', caseId: null, source, followUpOf, wish: wishOf(value), faults };
    });
  }

  @PatchRoute(':id', commandOf('updateCase', 'Change a case: all of a patch, or nothing of it', forms.UPDATE))
  update(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.UPDATE);
  }

  @CommandRoute(
    ':id/assign',
    commandOf(
      'assignCase',
      'Give a case to an agent, or with `auto` to whom its group’s strategy chooses',
      forms.ASSIGN,
    ),
  )
  assign(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.ASSIGN);
  }

  @CommandRoute(
    ':id/unassign',
    commandOf('unassignCase', 'Take a case from its assignee: it is new again', forms.UNASSIGN),
  )
  unassign(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.UNASSIGN);
  }

  @CommandRoute(':id/resolve', commandOf('resolveCase', 'Resolve a case', forms.RESOLVE))
  resolve(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.RESOLVE);
  }

  @CommandRoute(':id/reopen', commandOf('reopenCase', 'Take a resolved case up again', forms.REOPEN))
  reopen(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.REOPEN);
  }

  @CommandRoute(
    ':id/merge',
    commandOf('mergeCases', 'Let other cases end in this one', forms.MERGE, problems.OF_MERGING),
  )
  merge(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.MERGE);
  }

  @CommandRoute(
    ':id/attachments',
    commandOf('attachToCase', 'Make files that were uploaded part of a case', forms.ATTACH, problems.OF_COMMENTING),
  )
  attach(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.ATTACH);
  }

  @CommandRoute(':id/tags', commandOf('changeCaseTags', 'Add and remove tags', forms.TAGS))
  tags(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.TAGS);
  }

  @CommandRoute(
    ':id/participants',
    commandOf('changeCaseParticipants', 'Add and remove participants', forms.PARTICIPANTS),
  )
  participants(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.PARTICIPANTS);
  }

  @CommandRoute(
    ':id/restore',
    commandOf('restoreCase', 'Take a case out of the trash, with its subcases', forms.RESTORE, problems.OF_TRASH),
  )
  restore(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.RESTORE);
  }

  @CommandRoute(':id/legal-hold', {
    ...commandOf(
      'holdCase',
      'Keep a case whatever else says that it may go, closed and trashed ones too',
      forms.LEGAL_HOLD,
      problems.OF_HOLDING,
    ),
    scope: 'cases:admin',
  })
  hold(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    return this.give(exchange, id, forms.LEGAL_HOLD);
  }

  @DeleteRoute(':id', {
    operationId: 'deleteCase',
    summary: 'Put a case into the trash, with its subcases',
    description:
      'With `permanent=true`: out of the trash for good. That needs `cases:admin`, answers 204, and afterwards 410.',
    parameters: [CASE_ID],
    query: [PERMANENT],
    answer: CaseDetailResource,
    problems: ['malformed-query', ...problems.OF_TRASH],
  })
  @ApiResponse({ status: 204, description: 'With `permanent=true`: it is gone.' })
  async delete(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Exchange() exchange: Exchange,
  ): Promise<string | undefined> {
    const reader = createQueryReader(query, [PERMANENT]);
    const isPermanent = reader.boolean('permanent') === true;
    reader.finish();
    return isPermanent ? this.purge(exchange, id) : this.give(exchange, id, forms.DELETE);
  }

  /** Reads a command about a case, and answers with the case as it is then. */
  private async give(exchange: Exchange, id: string, form: Form): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const given = readBody(body.value, form.fields);
    const said = { ...form.saidBy(given), ...(await this.saidWith(given.value)) };
    const target = readTarget(id);
    return this.commands.changing(exchange, body, (who) => ({ ...said, ...who, target }));
  }

  /** The comment that came with a command. */
  private async saidWith({
    comment: raw,
  }: {
    readonly comment?: unknown;
  }): Promise<{ readonly comment?: CommentWish }> {
    return raw === undefined ? {} : { comment: await this.texts.wishOf(raw as RawComment, '/comment') };
  }

  /** Nothing is left to answer with. */
  private async purge(exchange: Exchange, id: string): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const said = forms.PURGE.saidBy(readBody(body.value, forms.PURGE.fields));
    const target = readTarget(id);
    const gone = { status: 204, headers: {} };
    return this.commands.run(
      exchange,
      body,
      (who) => ({ ...said, ...who, target }),
      () => Promise.resolve(gone),
    );
  }
}
