import { Controller, Inject, Options, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AgentPace, CallBar, CallBarPublisher, type CallBarResult, resultAnswerOf } from '#libs/channel-kit';
import { type CallBarEvent, callOfEvent } from '#libs/interaction';
import {
  CONFIGURATION,
  type Configuration,
  errorMessage,
  frameworkProblem,
  LOGGER,
  type Logger,
  type Metrics,
  METRICS,
  ProblemError,
  readJsonBody,
} from '#libs/runtime';
import { readEvent } from './read-event.js';

/** Bytes. */
const LONGEST_BODY = 16 * 1024;
/** Seconds. */
const LONGEST_WAIT = 10;

/** What agents press comes in here (channels.md C). */
@Controller('callbar/v1/events')
export class CallBarController {
  private readonly pace = new AgentPace();
  private readonly counted;

  constructor(
    @Inject(CallBar) private readonly callBar: CallBar,
    @Inject(CallBarPublisher) private readonly publisher: CallBarPublisher,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'account'>,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'warn'>,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.counted = metrics.counter({
      name: 'callbar_events_total',
      help: 'Events of call bars by what they were answered with: accepted, settled, unavailable',
      labels: ['answer'],
    });
  }

  @Options()
  preflight(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    this.callBar.preflight(request, reply, 'POST');
    void reply.code(204);
  }

  /**
   * 1. who asks, from which page, and not too often; 2. what the event says; 3. durable in the log; 4. what became of it, for
   * who waits.
   */
  @Post()
  async take(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, unknown>> {
    const agent = await this.callBar.admit(request, reply);
    this.slowDown(agent);
    const event = await this.read(request, agent);
    const published = await this.publisher.publish(event);
    if (published.outcome === 'unavailable') {
      this.counted.inc({ answer: 'unavailable' });
      this.logger.warn({ reason: published.reason }, 'An event of a call bar was not taken');
      throw new ProblemError(unavailable());
    }
    await this.note(event);
    const result = await this.resultFor(event, waitOf(request));
    this.counted.inc({ answer: result === null ? 'accepted' : 'settled' });
    void reply.code(result === null ? 202 : 200);
    return result ?? acceptedAnswer(event);
  }

  private slowDown(agent: string): void {
    const seconds = this.pace.press(agent);
    if (seconds !== null) {
      throw new ProblemError({
        code: 'too-many-events',
        title: 'Too many events',
        status: 429,
        detail: 'An agent may press 20 times in 10 seconds: send the event again later, with the same event_id.',
        headers: { 'retry-after': seconds.toString() },
      });
    }
  }

  private async read(request: FastifyRequest, agent: string): Promise<CallBarEvent> {
    const { value, bytes } = await readJsonBody(limited(request));
    if (bytes.length > LONGEST_BODY) {
      throw new ProblemError(frameworkProblem('body-too-large', TOO_LARGE));
    }
    const sending = { accountId: this.configuration.account.id, agent, receivedAt: new Date() };
    const read = readEvent(value, sending);
    if (!read.ok) {
      throw new ProblemError(read.problem);
    }
    return read.event;
  }

  /** The event is durable already: whoever asks before it is decided is told less, and nothing else is lost. */
  private async note(event: CallBarEvent): Promise<void> {
    try {
      await this.callBar.results.noteAccepted({ ...event, interactionId: callOfEvent(event) });
    } catch (error) {
      this.logger.warn({ reason: errorMessage(error) }, 'That an event of a call bar was taken could not be noted');
    }
  }

  /** Null: it was not asked for, or is not there in time. The database may be away: the event is taken all the same. */
  private async resultFor(event: CallBarEvent, seconds: number): Promise<Record<string, unknown> | null> {
    if (seconds === 0) {
      return null;
    }
    try {
      const result = await this.callBar.results.wait(event.id, seconds * 1000);
      return result === null || result.state === 'accepted' ? null : resultAnswer(event, result);
    } catch (error) {
      this.logger.warn({ reason: errorMessage(error) }, 'What became of an event of a call bar cannot be read');
      return null;
    }
  }
}

const TOO_LARGE = `The body may have ${LONGEST_BODY} bytes.`;

/** Fastify's limit is that of all routes. */
function limited(request: FastifyRequest): FastifyRequest {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) {
    throw new ProblemError(frameworkProblem('body-too-large', TOO_LARGE));
  }
  return request;
}

function unavailable() {
  const usual = frameworkProblem('temporarily-unavailable', 'The event was not taken: send it again, as it is.');
  return { ...usual, headers: { 'retry-after': '5' } };
}

/** RFC 7240 §4.3. */
function waitOf({ headers }: FastifyRequest): number {
  const wanted = /(?:^|[\s,;])wait\s*=\s*"?(\d{1,4})"?/.exec([headers['prefer'] ?? ''].flat().join(','))?.[1];
  return Math.min(Number(wanted ?? 0), LONGEST_WAIT);
}

function acceptedAnswer(event: CallBarEvent): Record<string, unknown> {
  const { id } = event;
  const result = `/callbar/v1/events/${id}`;
  return { event_id: id, interaction_id: callOfEvent(event), state: 'accepted', result };
}

/** Another event with the same id is none of this agent's business, and this one is refused. */
function resultAnswer(event: CallBarEvent, result: CallBarResult): Record<string, unknown> {
  return result.contentSha256 === event.contentSha256
    ? { ...resultAnswerOf(result) }
    : { event_id: event.id, state: 'refused', reason: 'event-id-reused' };
}
