import {
  Controller,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';

import { BreakerOpen } from '../consume/breaker.js';
import type { Consumption, EventLog, RecordBatch, Subscription } from '../event-log.js';
import { BatchHandler } from './batch-handler.js';
import { LogContext } from './log-context.js';
import { LogServer } from './log-server.js';

const seen: string[] = [];
const batch: RecordBatch = { topic: 'interactions.email.v1', partition: 3, records: [] };

@Injectable()
class CountBatches implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    seen.push('intercepted');
    return next.handle();
  }
}

@Controller()
@UseInterceptors(CountBatches)
class Consumer {
  @BatchHandler({ group: 'case-builder', topics: ['interactions.email.v1', 'interactions.call.v1'], concurrency: 2 })
  async handle(@Payload() given: RecordBatch, @Ctx() context: LogContext): Promise<void> {
    seen.push(`${given.topic}/${given.partition} for ${context.group}`);
    if (given.partition === 666) {
      throw new BreakerOpen('too many');
    }
  }
}

/** A log that only remembers its subscription: what the transport does with it is what is tested here. */
function subscribingLogStub() {
  const subscriptions: Subscription[] = [];
  let die: (error: Error) => void = () => undefined;
  const consumption: Consumption = {
    state: () => 'running',
    died: new Promise((resolve) => (die = resolve)),
    stop: async () => {
      seen.push('stopped');
    },
  };
  const log = {
    consume: async (subscription: Subscription) => {
      subscriptions.push(subscription);
      return consumption;
    },
  } as unknown as EventLog;
  return { log, subscriptions, die: (error: Error) => die(error) };
}

async function start() {
  seen.length = 0;
  const { log, subscriptions, die } = subscribingLogStub();
  const deaths: Error[] = [];
  const server = new LogServer({ log, onDeath: (error) => deaths.push(error) });
  const testing = await Test.createTestingModule({ controllers: [Consumer] }).compile();
  const app = testing.createNestMicroservice({ strategy: server, logger: false });
  await app.listen();
  const context = { group: 'case-builder', signal: new AbortController().signal };
  return { app, server, subscription: subscriptions[0]!, deaths, die, context };
}

describe('the log as a Nest transport', () => {
  it('subscribes what the decorator declares and hands batches over, interceptors included', async () => {
    const { app, server, subscription, context } = await start();
    expect(subscription).toMatchObject({
      group: 'case-builder',
      topics: ['interactions.email.v1', 'interactions.call.v1'],
      concurrency: 2,
    });
    await subscription.handle(batch, context);
    expect(seen).toEqual(['intercepted', 'interactions.email.v1/3 for case-builder']);
    expect(server.state()).toBe('running');
    await app.close();
    expect(seen).toContain('stopped');
  });

  it('gives the log the very error that the handler threw', async () => {
    const { app, subscription, context } = await start();
    await expect(subscription.handle({ ...batch, partition: 666 }, context)).rejects.toBeInstanceOf(BreakerOpen);
    await app.close();
  });

  it('reports a dead consumer, but not one that was stopped', async () => {
    const { app, deaths, die } = await start();
    die(new Error('left the group for good'));
    await new Promise(setImmediate);
    expect(deaths.map((error) => error.message)).toEqual(['left the group for good']);
    await app.close();
    const other = await start();
    await other.app.close();
    other.die(new Error('after the stop'));
    await new Promise(setImmediate);
    expect(other.deaths).toEqual([]);
  });
});
