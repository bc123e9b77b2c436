import type { FastifyRequest } from 'fastify';
import {
  AllowedOrigins,
  type FormAllowance,
  type InteractionPublisher,
  type Networks,
  networksOf,
  type OriginHeaders,
  senderAddress,
} from '#libs/channel-kit';
import type { Interaction } from '#libs/interaction';
import { type Configuration, errorMessage, isPlainCoding, type Logger, type Metrics, readRawBody } from '#libs/runtime';
import { FormTokens } from './form-tokens.js';
import { formAddress, heldBack, normalise } from './normalise.js';
import { readPayload } from './payload.js';
import { comeAgain, fromElsewhere, notFound, otherType, wrongFields, wrongToken } from './problems.js';
import { senderNetwork } from './sender-network.js';

const BODY_BYTES = 64 * 1024;

/** One form of the configuration, ready to be sent. */
export interface Form {
  readonly key: string;
  readonly minSeconds: number;
  readonly country: string | null;
  readonly origins: AllowedOrigins;
  readonly tokens: FormTokens;
}

/** What forms need of the application around them. */
export interface FormParts {
  readonly configuration: Pick<Configuration, 'account' | 'forms' | 'caseTokens' | 'trustedProxies'>;
  readonly publisher: InteractionPublisher;
  readonly allowance: FormAllowance;
  readonly metrics: Metrics;
  readonly logger: Pick<Logger, 'warn'>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Everything that is written on web forms comes this way; nothing of it is dropped. */
export class Forms {
  private readonly known: ReadonlyMap<string, Form>;
  private readonly isProxy: Networks;
  private readonly now: () => number;
  private readonly counted;

  constructor(private readonly parts: FormParts) {
    const { configuration, metrics } = parts;
    this.known = new Map(formsOf(configuration).map((form) => [form.key, form]));
    this.isProxy = networksOf(configuration.trustedProxies);
    this.now = parts.now ?? Date.now;
    this.counted = metrics.counter({
      name: 'form_submissions_total',
      help: 'What was written on web forms, by form and by what became of it: taken, held, refused, unavailable',
      labels: ['form', 'outcome'],
    });
  }

  /** Throws 404 for one that is not configured. */
  find(key: string): Form {
    const form = this.known.get(key);
    if (form === undefined) {
      throw notFound();
    }
    return form;
  }

  /** Throws 403 for a page that the form does not stand on. */
  headersOf({ origins }: Form, origin: string | undefined): OriginHeaders {
    return allowed(origins.headersFor(origin));
  }

  preflightOf({ origins }: Form, origin: string | undefined): OriginHeaders {
    return allowed(origins.preflightFor(origin, 'GET, POST'));
  }

  issueToken({ key, tokens }: Form): string {
    return tokens.issue({ accountId: this.accountId, form: key }, this.now());
  }

  /**
   * Takes what was written; throws a problem where it does not.
   *
   * 1. the bytes, and what they say
   * 2. the token: given out for this form, neither a moment nor a day ago
   * 3. as an interaction; beyond what is let through of a sender, or of the form, one that waits for a person
   * 4. durable in the log
   */
  async take(form: Form, request: FastifyRequest): Promise<void> {
    const interaction = await this.read(form, request);
    const submission = { form: form.key, id: interaction.id, sender: form.tokens.hashOf(this.senderOf(request)) };
    const isAdmitted = await this.parts.allowance.admits(submission).catch((error: unknown) => {
      throw this.unavailable(form, errorMessage(error));
    });
    const published = await this.parts.publisher.publish([isAdmitted ? interaction : heldBack(interaction)]);
    if (published.outcome === 'unavailable') {
      throw this.unavailable(form, published.reason);
    }
    this.counted.inc({ form: form.key, outcome: isAdmitted ? 'taken' : 'held' });
  }

  private async read(form: Form, request: FastifyRequest): Promise<Interaction> {
    if (!isPlainCoding(request.headers['content-encoding'])) {
      throw this.refused(form, otherType());
    }
    const { key, country, minSeconds, tokens } = form;
    const body = await readRawBody(request, BODY_BYTES);
    const read = readPayload({ body, rawHeaders: request.raw.rawHeaders }, country);
    if (!read.ok) {
      throw this.refused(form, read.status === 415 ? otherType() : wrongFields(read.problems));
    }
    const now = this.now();
    const { accountId } = this;
    const token = tokens.verify(read.payload.token, { accountId, form: key }, { now, minSeconds });
    if (!token.ok) {
      throw this.refused(form, wrongToken(token.detail));
    }
    const receivedAt = new Date(now).toISOString();
    const origin = request.headers.origin?.slice(0, 300) ?? null;
    return normalise(read.payload, { accountId, form: key, tokenId: token.id, receivedAt, origin });
  }

  private get accountId(): string {
    return this.parts.configuration.account.id;
  }

  private senderOf({ raw }: FastifyRequest): string {
    return senderNetwork(senderAddress(raw, this.isProxy));
  }

  private refused<Problem extends Error>({ key }: Form, problem: Problem): Problem {
    this.counted.inc({ form: key, outcome: 'refused' });
    return problem;
  }

  private unavailable({ key }: Form, reason: string): Error {
    this.counted.inc({ form: key, outcome: 'unavailable' });
    this.parts.logger.warn({ form: formAddress(key), reason }, 'What was written on a form was not taken');
    return comeAgain();
  }
}

function formsOf({ account, forms, caseTokens }: FormParts['configuration']): Form[] {
  return forms.map(({ key, minSeconds, country, allowedOrigins, secret }) => ({
    key,
    minSeconds,
    country: country ?? account.defaultCountry,
    origins: new AllowedOrigins(allowedOrigins),
    tokens: new FormTokens(secret ?? caseTokens.secret ?? ''),
  }));
}

function allowed(headers: OriginHeaders | null): OriginHeaders {
  if (headers === null) {
    throw fromElsewhere();
  }
  return headers;
}
