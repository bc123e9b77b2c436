import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';

import { createPool, type PoolOptions } from './create-pool.js';

/** Injection token of the connection pool. */
export const POOL = Symbol('POOL');

/** Provides one pool to the whole application and closes it last, when nobody consumes or serves any more. */
@Global()
@Module({})
export class PostgresModule implements OnApplicationShutdown {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  /** Options, or how to come by them when the application starts (an embedded server has to be up by then). */
  static forRoot(options: PoolOptions | (() => PoolOptions | Promise<PoolOptions>)): DynamicModule {
    const useFactory = async () => createPool(typeof options === 'function' ? await options() : options);
    return { module: PostgresModule, providers: [{ provide: POOL, useFactory }], exports: [POOL] };
  }

  /** Nest calls this after every `onModuleDestroy` and `beforeApplicationShutdown`, where consumers stop. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
