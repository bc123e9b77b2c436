/**
 * The peer of the webhooks: Nest on Fastify and the same log, and nothing else. The bytes of each request are read, one record of those
 * that the app made of such requests is published for it, and it is answered when that is durable. Nothing is verified, read or noted.
 */
import { readFileSync } from 'node:fs';
import { Controller, Get, HttpCode, Inject, Module, Param, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { createEmbeddedLog, createKafkaLog, type EventLog } from '#libs/messaging';
import { createPool } from '#libs/postgres';
import { recordsFrom } from './bare-records.js';

const { DATABASE_URL = '', KAFKA_BROKERS = '', TOPIC_PREFIX = '', PORT = '0', RECORDS = '' } = process.env;
const LOG = Symbol('LOG');
/** As much as the app takes. */
const BODY_BYTES = 1024 * 1024;
const records = recordsFrom(readFileSync(RECORDS, 'utf8'));

@Controller()
class BareController {
  private taken = 0;

  constructor(@Inject(LOG) private readonly log: EventLog) {}

  @Get('readyz')
  ready(): string {
    return 'ok';
  }

  @Post('webhooks/:provider/:key')
  @HttpCode(200)
  async take(@Req() request: FastifyRequest, @Param('provider') provider: string): Promise<void> {
    const [own = []] = [records.get(provider)];
    const record = own[(this.taken += 1) % own.length];
    if (record === undefined || !Buffer.isBuffer(request.body)) {
      throw new Error('this is no request of the bench');
    }
    await this.log.publish([record]);
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

const adapter = new FastifyAdapter({ bodyLimit: BODY_BYTES });
const app = await NestFactory.create<NestFastifyApplication>(BareModule, adapter, {
  bodyParser: false,
  logger: ['error'],
});
const asBytes = (_request: FastifyRequest, body: Buffer, done: (error: null, body: Buffer) => void): void =>
  done(null, body);
const fastify = adapter.getInstance();
// Those of Fastify's own would make objects of JSON.
fastify.removeAllContentTypeParsers();
fastify.addContentTypeParser('*', { parseAs: 'buffer' }, asBytes);
await app.listen(Number(PORT), '127.0.0.1');
