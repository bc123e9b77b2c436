/**
 * The peer of the webhooks: Nest on Fastify and the same log, and nothing else. Each request becomes one record with its bytes, and is
 * answered when that is durable. Nothing is verified, read or noted.
 */
import { randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { interactionTopic } from '#libs/interaction';
import { createEmbeddedLog, createKafkaLog, type EventLog } from '#libs/messaging';
import { createPool } from '#libs/postgres';

const { DATABASE_URL = '', KAFKA_BROKERS = '', TOPIC_PREFIX = '', PORT = '0' } = process.env;
const LOG = Symbol('LOG');

@Controller()
class BareController {
  constructor(@Inject(LOG) private readonly log: EventLog) {}

  @Get('readyz')
  ready(): string {
    return 'ok';
  }

  @Post('webhooks/:provider/:key')
  @HttpCode(200)
  async take(@Req() request: FastifyRequest): Promise<void> {
    const value = request.body as Buffer;
    await this.log.publish([{ topic: interactionTopic('call'), key: randomUUID(), value, headers: {} }]);
  }
}

async function openLog(): Promise<EventLog> {
  const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
  const brokers = KAFKA_BROKERS.split(',').filter((broker) => broker !== '');
  if (brokers.length > 0) {
    return createKafkaLog({ brokers, topicPrefix: TOPIC_PREFIX, clientId: 'bare', logger: quiet });
  }
  const pool = createPool({ connectionString: DATABASE_URL, max: 10, applicationName: 'bare' });
  return createEmbeddedLog({ pool, connectionString: DATABASE_URL, logger: quiet });
}

@Module({ controllers: [BareController], providers: [{ provide: LOG, useFactory: openLog }] })
class BareModule {}

const adapter = new FastifyAdapter();
const app = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
  bodyParser: false,
  logger: ['error'],
});
const asBytes = (_request: FastifyRequest, body: Buffer, done: (error: null, body: Buffer) => void): void =>
  done(null, body);
adapter.getInstance().addContentTypeParser('*', { parseAs: 'buffer' }, asBytes);
await app.listen(Number(PORT), '127.0.0.1');
