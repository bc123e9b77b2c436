import { Inject, Injectable } from '@nestjs/common';
import { touchClient, type KnownClient } from '#libs/case-store';
import { POOL } from '#libs/postgres';
import { errorMessage, LOGGER, type Logger } from '#libs/runtime';
import type { Pool } from 'pg';

const INTERVAL_MS = 60_000;

/** Notes when clients were here: once a minute for each, beside their requests and never in their way. */
@Injectable()
export class ClientUses {
  private readonly notedAt = new Map<string, number>();

  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns at once; a note that fails is missed, and the next minute tries again. */
  note(client: Pick<KnownClient, 'accountId' | 'clientId' | 'lastUsedAt'>, now = Date.now()): void {
    const last = Math.max(this.notedAt.get(client.clientId) ?? 0, client.lastUsedAt?.getTime() ?? 0);
    if (now - last < INTERVAL_MS) {
      return;
    }
    this.notedAt.set(client.clientId, now);
    touchClient(this.pool, client).catch((error: unknown) => {
      this.logger.debug({ reason: errorMessage(error) }, 'the use of an API client was not noted');
    });
  }
}
