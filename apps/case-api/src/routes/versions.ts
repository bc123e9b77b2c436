import type { Type } from '@nestjs/common';
import { entityTag, namesEntityTag } from '../http/entity-tag.js';
import type { Exchange } from './exchange.js';
import type { RouteSettings } from './routes.js';

/** What a `ReadRoute` says of a resource that has versions. */
export function versioned(resource: Type): Pick<RouteSettings, 'headers' | 'answer' | 'isConditional'> {
  return {
    isConditional: true,
    headers: [{ name: 'If-None-Match', required: false, description: 'ETag of the version that you have.' }],
    answer: {
      type: resource,
      headers: { ETag: { description: 'The version.', schema: { type: 'string' } } },
    },
  };
}

/** Names the version in the answer. Whether the client has it already: then the answer is 304, without a body. */
export function isKnownVersion({ request, reply }: Exchange, version: number): boolean {
  const tag = entityTag(version);
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
  const isKnown = namesEntityTag(request.headers['if-none-match'], tag);
  if (isKnown) {
    void reply.code(304);
  }
  return isKnown;
}

/** Names of the parts that changed after a version, of a resource that notes in which version each part changed last. */
export function changedSince(changedIn: Readonly<Record<string, number>>, version: number): string[] {
  return Object.keys(changedIn).filter((part) => (changedIn[part] ?? 0) > version);
}
