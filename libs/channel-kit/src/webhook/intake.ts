import {
  answerAtOnce,
  answerWithProblem,
  frameworkProblem,
  isPlainCoding,
  paceBody,
  problemOfError,
  readRawBody,
  type ProblemCause,
} from '#libs/runtime';
import { newId } from '#libs/interaction';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { headerValues, mediaTypeOf, type WebhookAnswer } from '#libs/webhook';
import type { DeliveryLog } from '../deliveries/delivery.js';
import type { WebhookConnection } from './webhook-connection.js';
import { deliveryOf, type Arrived } from './delivery-of.js';
import type { ConnectionMetrics, WebhookMetrics } from './metrics.js';
import { bodyTooLarge, fromElsewhere, headerTooLarge, otherType } from './problems.js';
import { networksOf, senderAddress, type Networks } from './connection/sender-address.js';
import { TOO_MANY } from './publish-facts.js';
import { takeSound, type SoundTaking } from './sent-sounds/take-sound.js';
import { JSON_AND_FORMS, malformed, overloaded, takeRequest, type Outcome, type Taking } from './take-request.js';

/** Everything that webhooks need of the application around them. */
export interface IntakeParts extends Taking, SoundTaking {
  readonly connections: ReadonlyMap<string, WebhookConnection>;
  readonly trustedProxies: readonly string[];
  readonly deliveries: DeliveryLog;
  readonly metrics: WebhookMetrics;
}

/** What the router found in an address. */
export interface CalledPath {
  readonly provider: string;
  readonly key: string;
  readonly kind: 'calls' | 'voicemails' | 'recordings' | null;
  readonly hasSecret: boolean;
  /** Of `recordings`. */
  readonly recordingId?: string;
}

const BODY_BYTES = 1024 * 1024;
const HEADER_BYTES = 8192;
/** Sounds are held in memory until they are verified. */
const MOST_SOUNDS_AT_ONCE = 2;
const SOUND_TYPES = ['audio/*'];

/** A connection with what is found out about it once. */
interface Known {
  readonly connection: WebhookConnection;
  /** Null where everybody may ask. */
  readonly isAllowed: Networks | null;
  readonly metrics: ConnectionMetrics;
}

/** Requests to connections, from the first look to the answer. */
export class WebhookIntake {
  readonly #known: ReadonlyMap<string, Known>;
  readonly #isProxy: Networks;
  #underWay = 0;
  #whenIdle: (() => void) | null = null;
  #stopped = false;
  #sounds = 0;

  constructor(private readonly parts: IntakeParts) {
    this.#isProxy = networksOf(parts.trustedProxies);
    this.#known = new Map(
      [...parts.connections].map(([name, connection]) => {
        const { allowedNetworks } = connection;
        const isAllowed = allowedNetworks.length === 0 ? null : networksOf(allowedNetworks);
        return [name, { connection, isAllowed, metrics: parts.metrics(name) }];
      }),
    );
  }

  /** Takes a request to a connection and answers it; 404 where there is none. */
  async answer(path: CalledPath, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const known = this.#known.get(`${path.provider}/${path.key}`);
    if (known === undefined || !isServed(path, known.connection)) {
      answerWithProblem(request, reply, frameworkProblem('not-found'));
      return;
    }
    this.#underWay += 1;
    try {
      await this.#take(known, path, request, reply);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        this.#whenIdle?.();
      }
    }
  }

  /** Takes nothing more, and resolves when everybody who asked before is answered. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    }
  }

  async #take(known: Known, path: CalledPath, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const begun = performance.now();
    const arrival = { id: newId(), request, receivedAt: Date.now() };
    const early = this.#refuseEarly(known, path, request);
    const { body, outcome } =
      early === null ? await this.#takeRest(known, path, arrival) : { body: NO_BYTES, outcome: early };
    send(request, reply, outcome.answer);
    const milliseconds = performance.now() - begun;
    const { name } = known.connection;
    count(known.metrics, outcome, milliseconds);
    this.parts.deliveries.note({ connection: name, verdict: outcome.verdict }, () =>
      deliveryOf(known.connection, path, { ...arrival, body }, outcome, milliseconds),
    );
  }

  /** What needs no byte of the body. */
  #refuseEarly({ connection, isAllowed }: Known, path: CalledPath, { raw }: FastifyRequest): Outcome | null {
    if (this.#stopped) {
      return overloaded('stopping');
    }
    if (isAllowed?.(senderAddress(raw, this.#isProxy)) === false) {
      return { ...overloaded(''), verdict: 'refused', reason: 'network-not-allowed', answer: fromElsewhere() };
    }
    if (this.parts.publisher.isFull || (path.kind === 'recordings' && this.#sounds >= MOST_SOUNDS_AT_ONCE)) {
      return overloaded(TOO_MANY);
    }
    if (raw.rawHeaders.some((text) => text.length > HEADER_BYTES)) {
      return malformed(headerTooLarge());
    }
    const accepted = typesOf(path, connection);
    const type = mediaTypeOf(raw) ?? '';
    const isRead = accepted === SOUND_TYPES ? type.startsWith('audio/') : accepted.includes(type);
    return isRead && isPlainCoding(raw.headers['content-encoding']) ? null : malformed(otherType(accepted));
  }

  async #takeRest({ connection }: Known, path: CalledPath, arrival: Omit<Arrived, 'body'>): Promise<Taken> {
    const isSound = path.kind === 'recordings';
    this.#sounds += isSound ? 1 : 0;
    try {
      const body = await bodyOf(arrival.request, path, connection);
      return Buffer.isBuffer(body)
        ? { body, outcome: await this.#takeBody(connection, path, { ...arrival, body }) }
        : { body: NO_BYTES, outcome: malformed(body) };
    } finally {
      this.#sounds -= isSound ? 1 : 0;
    }
  }

  #takeBody(connection: WebhookConnection, { kind, recordingId = '' }: CalledPath, arrived: Arrived): Promise<Outcome> {
    const { id, request, body, receivedAt } = arrived;
    const { rawHeaders, url = '' } = request.raw;
    const webhook = { body, rawHeaders, target: url, receivedAt };
    if (kind === 'recordings') {
      // As the events that it is awaited by name it.
      const named = this.parts.secrets.fromText(recordingId);
      return takeSound(this.parts, connection, { request: webhook, recordingId: named });
    }
    const { requestIdHeader } = connection.provider;
    const [requestId = null] = requestIdHeader === undefined ? [] : headerValues(request.raw, requestIdHeader);
    return takeRequest(this.parts, connection, webhook, { id, path: kind, requestId });
  }
}

function count(metrics: ConnectionMetrics, { verdict, reason }: Outcome, milliseconds: number): void {
  metrics.answered(verdict, milliseconds / 1000);
  if (verdict === 'refused') {
    metrics.refused(reason?.split(':', 1)[0] ?? '');
  }
}

/** What became of a request, and what was read of it. */
interface Taken {
  readonly body: Buffer;
  readonly outcome: Outcome;
}

const NO_BYTES = Buffer.alloc(0);

/** Whether a provider has anything to do with such an address. */
function isServed({ hasSecret, kind, recordingId = '' }: CalledPath, { provider, sounds }: WebhookConnection): boolean {
  return kind === 'recordings'
    ? sounds !== null && /^[^\p{Cc}\p{Surrogate}]{1,200}$/u.test(recordingId)
    : !hasSecret || provider.secretInAddress === true;
}

function typesOf({ kind }: CalledPath, { provider }: WebhookConnection): readonly string[] {
  return kind === 'recordings' ? SOUND_TYPES : (provider.mediaTypes ?? JSON_AND_FORMS);
}

/** The bytes of a body, or what is wrong with it. */
async function bodyOf(
  request: FastifyRequest,
  { kind }: CalledPath,
  { provider, sounds }: WebhookConnection,
): Promise<Buffer | ProblemCause> {
  const limit = kind === 'recordings' ? (sounds?.maxMegabytes ?? 0) * 1024 * 1024 : (provider.bodyBytes ?? BODY_BYTES);
  try {
    if (kind === 'recordings') {
      paceBody(request);
    }
    return await readRawBody(request, limit);
  } catch (error) {
    const problem = problemOfError(error);
    return problem.status === 413 ? bodyTooLarge(limit) : problem;
  }
}

function send(request: FastifyRequest, reply: FastifyReply, answer: WebhookAnswer | ProblemCause): void {
  if ('code' in answer) {
    answerWithProblem(request, reply, answer);
    return;
  }
  answerAtOnce(request, reply, answer);
}
