import { Controller, Get, Header, Inject, Res } from '@nestjs/common';

import { Metrics } from '../metrics/metrics.js';
import { HEALTH, METRICS } from '../tokens.js';
import { HealthRegistry } from './health-registry.js';

/** What we use of Fastify's reply. */
interface Reply {
  code(status: number): Reply;
  type(contentType: string): Reply;
  send(body: unknown): Reply;
}

/** For the machinery that runs us: is it alive, is it ready, what does it count. Needs no API key. */
@Controller()
export class HealthController {
  constructor(
    @Inject(HEALTH) private readonly health: HealthRegistry,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  /** The process is alive; nothing else is looked at, so that a lost database is no reason to restart it. */
  @Get('healthz')
  @Header('cache-control', 'no-store')
  alive(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** 200, with what is warned of, or 503 with the reasons as problem+json (RFC 9457). */
  @Get('readyz')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: Reply): Promise<void> {
    const { failures, warnings } = await this.health.examine();
    if (failures.length === 0) {
      reply.code(200).send({ status: 'ready', ...(warnings.length > 0 && { warnings }) });
      return;
    }
    const detail = failures.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
    const problem = { type: 'about:blank', title: 'Not ready', status: 503, detail, failures };
    reply.code(503).type('application/problem+json').send(problem);
  }

  /** Prometheus text format. */
  @Get('metrics')
  async expose(@Res() reply: Reply): Promise<void> {
    const { contentType, text } = await this.metrics.exposition();
    reply.code(200).type(contentType).send(text);
  }
}
