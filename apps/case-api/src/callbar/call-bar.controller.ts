import { Controller, Get, Inject, Options, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { type Agent, agentCalledBy, callNow, customerOf } from '#libs/case-domain';
import { LEDGER, type LedgerDependencies } from '#libs/case-ledger';
import { findChoice, listCallsGoingOn, listCandidates, listPressedOf, loadInteraction } from '#libs/case-store';
import { CallBar, type CallBarResultAnswer, resultAnswerOf } from '#libs/channel-kit';
import { type AgentReference, isUuid } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { CONFIGURATION, type Configuration } from '#libs/runtime';
import { notFound, ProblemException } from '../http/problem.js';
import { oneOf } from '../query/query-parameters.js';
import { createQueryReader, type RawQuery } from '../query/query-reader.js';
import { callAnswer, candidateAnswer, pressedAnswer, proposalAnswer } from './call-answer.js';

/** Seconds. */
const LONGEST_WAIT = 10;
/** A call that began longer ago goes on no more. Milliseconds. */
const LONGEST_CALL = 24 * 60 * 60 * 1000;
const MOST_CALLS = 1000;
const WAIT = { name: 'wait', required: false, schema: { type: 'integer', minimum: 0, maximum: LONGEST_WAIT } } as const;
const STATE = oneOf('state', ['live'], 'live', 'Calls that ring at the agent, or that the agent holds.');

/** What a call bar reads (channels.md C); its token says which agent asks. Events are taken by the call adapter. */
@Controller('callbar/v1')
export class CallBarReadsController {
  constructor(
    @Inject(CallBar) private readonly callBar: CallBar,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LEDGER) private readonly ledger: Pick<LedgerDependencies, 'directory'>,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'account'>,
  ) {}

  @Options('events/:id')
  preflightEvent(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.preflight(request, reply);
  }

  @Options('calls')
  preflightCalls(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.preflight(request, reply);
  }

  @Options('calls/:id')
  preflightCall(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.preflight(request, reply);
  }

  /** What became of an event: at once, or as soon as that is known within `wait` seconds. Only who pressed it is told. */
  @Get('events/:id')
  async event(
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CallBarResultAnswer> {
    const agent = await this.callBar.admit(request, reply);
    const reader = createQueryReader(query, [WAIT]);
    const seconds = reader.integer('wait', 0, LONGEST_WAIT) ?? 0;
    reader.finish();
    const { results } = this.callBar;
    const known = isUuid(id) ? await results.wait(id.toLowerCase(), seconds * 1000) : null;
    if (known === null || known.agent !== agent) {
      throw notFound('The event');
    }
    return resultAnswerOf(known);
  }

  @Get('calls')
  async calls(
    @Query() query: RawQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly data: readonly Record<string, unknown>[] }> {
    const { id, isMine } = await this.agentAsking(request, reply);
    const reader = createQueryReader(query, [STATE]);
    reader.oneOf('state', ['live']);
    reader.finish();
    const since = new Date(Date.now() - LONGEST_CALL).toISOString();
    const views = await listCallsGoingOn(this.pool, this.accountId, since, MOST_CALLS);
    const data = views.flatMap((view) => {
      const now = callNow(view.interaction);
      const mine = now !== null && [...now.ringing, ...now.talking].some((reference) => isMine(reference, id));
      return now !== null && mine ? [callAnswer(view, now)] : [];
    });
    return { data };
  }

  /** For the pop-up: the call, who may be calling, their live cases, and whom somebody chose for the number before. */
  @Get('calls/:id')
  async call(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, unknown>> {
    await this.agentAsking(request, reply);
    const view = isUuid(id) ? await loadInteraction(this.pool, this.accountId, id.toLowerCase()) : null;
    const now = view === null ? null : callNow(view.interaction);
    if (view === null || now === null) {
      throw notFound('The call');
    }
    const customer = customerOf(view.interaction);
    const number = customer?.kind === 'phone' ? customer.value : null;
    const line = view.interaction.endpoint?.address ?? null;
    const candidates = number === null ? [] : await listCandidates(this.pool, this.accountId, number, line);
    const choice = number === null ? null : await findChoice(this.pool, this.accountId, number);
    const pressed = await listPressedOf(this.pool, this.accountId, view.interaction.id);
    return {
      call: { ...callAnswer(view, now), ...pressedAnswer(pressed) },
      candidates: candidates.map(candidateAnswer),
      proposals: choice === null ? [] : [proposalAnswer(choice)],
    };
  }

  private get accountId(): string {
    return this.configuration.account.id;
  }

  private preflight(request: FastifyRequest, reply: FastifyReply): void {
    this.callBar.preflight(request, reply, 'GET');
    void reply.code(204);
  }

  /** Throws 403 when the token names nobody who works here by now. */
  private async agentAsking(request: FastifyRequest, reply: FastifyReply) {
    const named = await this.callBar.admit(request, reply);
    const setup = await this.ledger.directory.find(this.pool, this.accountId);
    const agent: Agent | undefined = setup?.agents.get(`email:${named}`) ?? setup?.agentsById.get(named);
    if (setup === null || agent?.active !== true) {
      const detail = 'The token names no active agent.';
      throw new ProblemException({ code: 'agent-inactive', detail, status: 403 });
    }
    const isMine = (reference: AgentReference, id: string): boolean => agentCalledBy(reference, setup)?.id === id;
    return { id: agent.id, isMine };
  }
}
