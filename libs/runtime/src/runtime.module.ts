import { Global, Module, type DynamicModule } from '@nestjs/common';

import type { Configuration } from './configuration/configuration.js';
import { HealthController } from './health/health.controller.js';
import { HealthRegistry } from './health/health-registry.js';
import type { Logger } from './log/create-logger.js';
import { Metrics } from './metrics/metrics.js';
import { CONFIGURATION, HEALTH, LOGGER, METRICS } from './tokens.js';

/** Provides configuration, log, metrics and health to the whole application, and serves the last two. */
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
        { provide: CONFIGURATION, useValue: configuration },
        { provide: LOGGER, useValue: logger },
        { provide: METRICS, useValue: metrics },
        { provide: HEALTH, useValue: new HealthRegistry() },
      ],
      exports: [CONFIGURATION, LOGGER, METRICS, HEALTH],
    };
  }
}
