import type { ClientRefusal, ClientView, KeyOutcome } from '#libs/case-store';
import { entityTag } from '../http/entity-tag.js';
import { notFound, ProblemException } from '../http/problem.js';
import type { Answer } from '../writing/answer.js';
import { clientResourceOf } from './client.resource.js';

export function clientAnswer(client: ClientView): Answer {
  return { status: 200, headers: { etag: entityTag(client.version) }, body: clientResourceOf(client) };
}

/** An answer with a key, which no cache and no store of answers may keep: a repetition gets none. */
export function keyAnswer(status: number, { client, key }: Extract<KeyOutcome, { kind: 'done' }>): Answer {
  const resource = clientResourceOf(client);
  const location: Record<string, string> = status === 201 ? { location: `/v1/clients/${client.id}` } : {};
  return {
    status,
    headers: { ...location, etag: entityTag(client.version), 'cache-control': 'no-store' },
    body: { ...resource, key },
    keptBody: { ...resource, key: null },
  };
}

/** The problem of what was not done. */
export function problemOfRefusal(refusal: ClientRefusal): ProblemException {
  switch (refusal.kind) {
    case 'unknown':
      return notFound('The client');
    case 'name-taken': {
      const detail = `The client ${refusal.id} has this name; revoked ones keep theirs.`;
      return new ProblemException({
        code: 'name-taken',
        detail,
        errors: [{ pointer: '/name', code: 'name-taken', detail }],
        members: { holder_id: refusal.id },
      });
    }
    case 'declared':
      return new ProblemException({
        code: 'managed-by-configuration',
        detail: `The client is declared at ${refusal.place} of the configuration: change it there and start again.`,
      });
    case 'revoked':
      return new ProblemException({
        code: 'client-revoked',
        detail: 'The client is revoked for good: make another one.',
      });
    case 'two-keys':
      return new ProblemException({
        code: 'limit-reached',
        detail: `The client has two keys: the older one works until ${refusal.until.toISOString()}. Rotate after that.`,
      });
  }
}
