import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { FORM_ALLOWANCE, type FormAllowance, type InteractionPublisher, PUBLISHER } from '#libs/channel-kit';
import {
  BootError,
  CONFIGURATION,
  type Configuration,
  LOGGER,
  type Logger,
  METRICS,
  type Metrics,
} from '#libs/runtime';
import { FormController } from './form.controller.js';
import { Forms } from './forms.js';

/** Forms on web sites. */
@Module({
  controllers: [FormController],
  providers: [
    {
      provide: Forms,
      inject: [CONFIGURATION, PUBLISHER, FORM_ALLOWANCE, METRICS, LOGGER],
      useFactory: (
        configuration: Configuration,
        publisher: InteractionPublisher,
        allowance: FormAllowance,
        metrics: Metrics,
        logger: Logger,
      ) => new Forms({ configuration, publisher, allowance, metrics, logger }),
    },
  ],
})
export class FormModule implements OnModuleInit {
  constructor(@Inject(CONFIGURATION) private readonly configuration: Configuration) {}

  /** A token that anybody could make would be none. */
  onModuleInit(): void {
    const { forms, caseTokens } = this.configuration;
    if (caseTokens.secret === null && forms.some(({ secret }) => secret === null)) {
      throw new BootError('A form has no secret: set caseTokens.secret, or secret of each form.');
    }
  }
}
