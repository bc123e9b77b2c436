import { Inject, Injectable } from '@nestjs/common';
import type { Asker, ContactCommand, ContactDone, ContactRefusal, Expected } from '#libs/case-domain';
import { listContactChanges, loadContactView, type Queryable } from '#libs/case-store';
import type { JsonBody } from '#libs/runtime';
import { askerOf } from '../../access/asker.js';
import { entityTag } from '../../http/entity-tag.js';
import { ProblemException, unprocessable } from '../../http/problem.js';
import type { Exchange } from '../../routes/exchange.js';
import type { Answer } from '../../writing/answer.js';
import { type Settling, Writes } from '../../writing/writes.js';
import { contactResourceOf } from '../contact.resource.js';

/** What makes a command of a request, once it is known who asks and for which versions. */
type CommandOf = (who: {
  readonly asker: Asker;
  readonly expected: Expected;
}) => ContactCommand | Promise<ContactCommand>;

/** What a request is answered with, when it was done. */
type AnswerOf = (client: Queryable, exchange: Exchange, done: ContactDone) => Promise<Answer>;

/** Gives commands about contacts to the ledger, each in the transaction that its answer is kept in. */
@Injectable()
export class ContactCommands {
  constructor(@Inject(Writes) private readonly writes: Writes) {}

  /** What `commandOf` throws is the answer, unless the request was answered before. */
  async run(
    exchange: Exchange,
    body: JsonBody,
    commandOf: CommandOf,
    answerOf: AnswerOf = contactAnswer,
  ): Promise<string | undefined> {
    const { principal } = exchange;
    const expected = await this.writes.expectedVersions(exchange);
    const who = { asker: askerOf(principal), expected };
    const settling: Settling = {
      inputsOf: async () => [{ kind: 'contact_command', command: await commandOf(who) }],
      answerOf: async (client, { contacts }) => {
        const answer = contacts.get(0);
        if (answer === undefined) {
          throw new Error('a command has no answer');
        }
        if (answer.outcome === 'refused') {
          throw await problemOf(client, principal.accountId, expected, answer);
        }
        return answerOf(client, exchange, answer);
      },
    };
    return this.writes.settled(exchange, body, settling);
  }
}

/** 201 with the place of a contact that was made, 200 with one that was there. */
export async function contactAnswer(
  client: Queryable,
  { principal: { accountId } }: Exchange,
  { outcome, contactId }: ContactDone,
): Promise<Answer> {
  const view = await loadContactView(client, accountId, contactId);
  if (view === null) {
    throw new Error('a contact that was just written is not there');
  }
  const isMade = outcome === 'created';
  return {
    status: isMade ? 201 : 200,
    headers: { etag: entityTag(view.version), ...(isMade ? { location: `/v1/contacts/${view.id}` } : {}) },
    body: contactResourceOf(accountId, view),
  };
}

export const NOTHING_LEFT: AnswerOf = () => Promise.resolve({ status: 204, headers: {} });

/** The problem that a refused command ends in. */
async function problemOf(
  client: Queryable,
  accountId: string,
  expected: Expected,
  { code, detail, faults, currentVersion, holderId, contactId }: ContactRefusal,
): Promise<ProblemException> {
  switch (code) {
    case 'validation-failed':
      return unprocessable(faults);
    case 'version-mismatch': {
      const named = Array.isArray(expected) ? Math.max(0, ...(expected as readonly number[])) : 0;
      const changed =
        named === 0 || contactId === null ? [] : await listContactChanges(client, accountId, contactId, named);
      return new ProblemException({
        code,
        detail,
        members: { current_version: currentVersion, changed_fields: changed },
      });
    }
    default: {
      const members = holderId === null ? {} : { members: { holder_id: holderId } };
      return new ProblemException({ code, detail, ...(faults.length === 0 ? {} : { errors: faults }), ...members });
    }
  }
}
