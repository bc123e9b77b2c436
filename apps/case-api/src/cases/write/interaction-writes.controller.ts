import { Inject, Param } from '@nestjs/common';
import type { MoveInteractionCommand, RedactInteractionCommand } from '#libs/case-domain';
import type { Queryable } from '#libs/case-store';
import { isUuid } from '#libs/interaction';
import type { JsonBody } from '#libs/runtime';
import type { Principal } from '../../access/principal.js';
import { described, nullable, required } from '../../body/field.js';
import { bodyOf, readBody } from '../../body/read-body.js';
import { truth } from '../../body/values.js';
import { REDACTION } from '../../comments/comment-body.js';
import { notFound } from '../../http/problem.js';
import { INTERACTION_ID, interactionAt } from '../../interactions/interaction-at.js';
import { interactionDetailOf } from '../../interactions/interaction-resource-of.js';
import { InteractionDetailResource } from '../../interactions/interaction.resource.js';
import { Exchange } from '../../routes/exchange.js';
import { ResourceController } from '../../routes/resource-controller.js';
import { CommandRoute } from '../../routes/routes.js';
import type { Answer } from '../../writing/answer.js';
import { Writes } from '../../writing/writes.js';
import { caseCalled } from './case-body.js';
import { CaseCommands } from './case-commands.js';
import { OF_MOVING } from './case-problems.js';

const MOVE = {
  case_id: required(described(nullable(caseCalled), 'Where it is to go: the id of a case, `number:12`, or null.')),
  thread: described(truth(), 'Whether later replies to it follow; true unless told.'),
};

/** What a command about an interaction says beside who gives it, and which interaction it is about. */
type Said =
  | Pick<MoveInteractionCommand, 'command' | 'to' | 'thread' | 'faults'>
  | Pick<RedactInteractionCommand, 'command' | 'reason' | 'faults'>;

/** What people do with what came in. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:write' })
export class InteractionWritesController {
  constructor(
    @Inject(Writes) private readonly writes: Writes,
    @Inject(CaseCommands) private readonly commands: CaseCommands,
  ) {}

  @CommandRoute(':id/move', {
    operationId: 'moveInteraction',
    summary: 'Move an interaction to another case, or off its case',
    description:
      'Both cases live: closed ones and those in the trash are left as they are. No status changes. With `thread` later ' +
      'replies to it come to the other case too, and off its case they open one of their own; what was said before stays ' +
      'where it is. Each case tells `interaction_detached` or `interaction_attached`.',
    parameters: [INTERACTION_ID],
    body: bodyOf(MOVE),
    answer: InteractionDetailResource,
    problems: OF_MOVING,
  })
  async move(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, MOVE);
    const { case_id: to = null, thread = true } = value;
    return this.give(exchange, body, id, { command: 'move_interaction', to, thread, faults });
  }

  @CommandRoute(':id/redact', {
    operationId: 'redactInteraction',
    summary: 'Take away what an interaction said; who did it, when and why stays',
    description:
      'Also in closed cases. Text, HTML, subject, attachments, the untouched original and names that the sender gave are ' +
      'gone from here, from its case as far as that still says the same, and from its history; bytes that nothing else ' +
      'refers to are deleted within minutes. Who it was from, when, and the names by which replies find it stay. What ' +
      'topics hold already stays until their retention ends; what is told from here on says nothing of it.',
    scope: 'cases:admin',
    parameters: [INTERACTION_ID],
    body: bodyOf(REDACTION),
    answer: InteractionDetailResource,
    problems: ['forbidden', 'field-required', 'interaction-not-settled'],
  })
  async redact(@Param('id') id: string, @Exchange() exchange: Exchange): Promise<string | undefined> {
    const body = await this.writes.readBody(exchange);
    const { value, faults } = readBody(body.value, REDACTION);
    return this.give(exchange, body, id, { command: 'redact_interaction', reason: value.reason ?? null, faults });
  }

  private give(exchange: Exchange, body: JsonBody, id: string, said: Said): Promise<string | undefined> {
    const interactionId = id.toLowerCase();
    return this.commands.run(
      exchange,
      body,
      (who) => {
        if (!isUuid(id)) {
          throw notFound('The interaction');
        }
        return { ...said, ...who, interactionId };
      },
      (client, { principal }) => interactionAnswer(client, principal, interactionId),
    );
  }
}

async function interactionAnswer(client: Queryable, principal: Principal, id: string): Promise<Answer> {
  const view = await interactionAt(client, principal, id);
  return { status: 200, headers: {}, body: interactionDetailOf(view, new Date()), resourceId: id };
}
