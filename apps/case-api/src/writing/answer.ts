import type { FastifyReply } from 'fastify';

/** What a write ends in when it went well. Problems are thrown. */
export interface Answer {
  readonly status: number;
  /** Lower-case names: `etag`, `location`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for an answer without a body. */
  readonly body?: unknown;
  /** What repetitions get instead, where the body holds what must not be kept. */
  readonly keptBody?: unknown;
  /** Id of what the body shows, when what it says may be taken away later: from repetitions too. */
  readonly resourceId?: string;
}

/** An answer as it is sent, and kept for repetitions: the same bytes each time. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export function writtenAnswerOf({ status, headers, body }: Answer): WrittenAnswer {
  return { status, headers, body: body === undefined ? null : JSON.stringify(body) };
}

/** The answer as repetitions get it. */
export function keptAnswerOf({ keptBody, ...answer }: Answer): WrittenAnswer {
  return writtenAnswerOf({ ...answer, body: keptBody ?? answer.body });
}

/** Puts status and headers on the reply, and returns what the handler returns. */
export function send(reply: FastifyReply, { status, headers, body }: WrittenAnswer): string | undefined {
  void reply.code(status).headers(headers);
  if (body === null) {
    return undefined;
  }
  void reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}
