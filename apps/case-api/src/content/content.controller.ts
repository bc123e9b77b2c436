import { once } from 'node:events';
import { Inject, Param, StreamableFile } from '@nestjs/common';
import { BLOB_STORE, type BlobStore } from '#libs/blob-store';
import type { Interaction } from '#libs/interaction';
import { POOL } from '#libs/postgres';
import { LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';
import { namesEntityTag } from '../http/entity-tag.js';
import { ProblemException } from '../http/problem.js';
import { INTERACTION_ID, interactionAt } from '../interactions/interaction-at.js';
import { Exchange } from '../routes/exchange.js';
import { ResourceController } from '../routes/resource-controller.js';
import { ReadRoute } from '../routes/routes.js';
import { contentDisposition } from './content-disposition.js';
import { contentsOf, type StoredContent } from './contents-of.js';
import { servedMediaType } from './served-media-type.js';
import { verifiedContent } from './verified-content.js';

/** What a name of its bytes stands for never changes. Another key of the same browser asks for itself. */
const CACHING = { 'cache-control': 'private, max-age=31536000, immutable', vary: 'authorization' } as const;
/** Should a browser open it in spite of everything, it runs nothing and is nobody's origin. */
const SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'";

const BINARY = { '*/*': { schema: { type: 'string', format: 'binary' } } } as const;
const TEXT = { schema: { type: 'string' } } as const;

/** The bytes that came in: attachments, large bodies and the untouched original. */
@ResourceController('v1/interactions', { tag: 'interactions', scope: 'cases:read' })
export class ContentController {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @ReadRoute(':id/content/:sha256', {
    operationId: 'getInteractionContent',
    summary: 'Bytes that the interaction refers to: an attachment, a large body, the untouched original',
    description:
      'Always a download. What a browser might run, such as HTML and SVG, is sent as `application/octet-stream`.',
    parameters: [
      INTERACTION_ID,
      { name: 'sha256', description: 'As the interaction shows it: 64 hexadecimal digits.' },
    ],
    isConditional: true,
    headers: [{ name: 'If-None-Match', required: false, description: 'ETag of the content that you have.' }],
    answer: {
      description: 'The bytes as they came.',
      content: BINARY,
      headers: {
        ETag: { description: 'The SHA-256.', ...TEXT },
        'Content-Disposition': { description: 'The name of the file, made harmless.', ...TEXT },
      },
    },
    problems: ['content-gone'],
  })
  async get(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Exchange() { principal, request, reply }: Exchange,
  ): Promise<StreamableFile | undefined> {
    const { interaction } = await interactionAt(this.pool, principal, id);
    const content = referencedContent(interaction, sha256);
    const tag = `"${content.sha256}"`;
    if (namesEntityTag(request.headers['if-none-match'], tag)) {
      void reply.code(304).headers({ etag: tag, ...CACHING });
      return undefined;
    }
    const bytes = await this.open(id, content);
    void reply.headers({
      etag: tag,
      ...CACHING,
      'content-type': servedMediaType(content.mediaType),
      'content-length': String(content.size),
      'content-disposition': contentDisposition(content.name),
      'content-security-policy': SANDBOX,
    });
    return new StreamableFile(bytes);
  }

  /** Waits for its beginning, so that a store that fails at once is a problem and not half a download. */
  private async open(interactionId: string, content: StoredContent) {
    const { sha256 } = content;
    const stored = await this.blobs.get(sha256);
    if (stored === null) {
      throw new ProblemException({ code: 'content-gone', detail: 'The content is no longer in the blob store.' });
    }
    const verified = verifiedContent(stored, content);
    await once(verified, 'readable');
    verified.once('error', (err: Error) => {
      this.logger.error({ err, interactionId, sha256 }, 'content broke off while it was sent');
    });
    return verified;
  }
}

/** A digest alone opens nothing: what another account or another interaction stored is not there. */
function referencedContent(interaction: Interaction, sha256: string): StoredContent {
  const content = contentsOf(interaction).find((one) => one.sha256 === sha256);
  if (content === undefined) {
    throw new ProblemException({ code: 'not-found', detail: 'The interaction refers to no content of this digest.' });
  }
  return content;
}
