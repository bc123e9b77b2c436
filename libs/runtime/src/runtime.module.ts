import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';

import type { Configuration } from './configuration/configuration.js';
import { HealthController } from './health/health.controller.js';
import { HealthRegistry } from './health/health-registry.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { Logger } from './log/create-logger.js';
import { Metrics } from './metrics/metrics.js';
import { CONFIGURATION, HEALTH, LOGGER, METRICS } from './tokens.js';

/**
 * Provides configuration, log, metrics and health to the whole application, and serves the last two. Its filter answers for
 * every route, so that a path that nobody serves is a problem document too; that of a module imported later comes first.
 */
@Global()
@Module({})
export class RuntimeModule {
  static forRoot(configuration: Configuration, logger: Logger): DynamicModule {
    const metrics = new Metrics();
    metrics.collectProcessMetrics();
    return {
      module: RuntimeModule,
      controllers: [HealthController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: CONFIGURATION, useValue: configuration },
        { provide: LOGGER, useValue: logger },
        { provide: METRICS, useValue: metrics },
        { provide: HEALTH, useValue: new HealthRegistry() },
      ],
      exports: [CONFIGURATION, LOGGER, METRICS, HEALTH],
    };
  }
}
