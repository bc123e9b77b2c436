import { Module, type DynamicModule } from '@nestjs/common';
import { BlobStoreModule } from '#libs/blob-store';
import { configuredEventLog, MessagingModule } from '#libs/messaging';
import { PostgresModule } from '#libs/postgres';
import type { Configuration } from '#libs/runtime';
import { CallModule } from '../../call/src/call.module.js';
import { CaseApiModule } from '../../case-api/src/case-api.module.js';
import { CaseBuilderModule } from '../../case-builder/src/case-builder.module.js';
import { ContactModule } from '../../contact/src/contact.module.js';
import { EmailModule } from '../../email/src/email.module.js';
import { VoicemailModule } from '../../voicemail/src/voicemail.module.js';

/** Every app in one process, around one pool, one log and one blob store. */
@Module({})
export class StandaloneModule {
  static forRoot(configuration: Configuration, connectionString: string): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        PostgresModule.forRoot({ connectionString, max: 20, applicationName: 'casewright' }),
        MessagingModule.forRoot(configuredEventLog(connectionString)),
        BlobStoreModule.forRoot(configuration.blobUrl),
        CaseBuilderModule.forRoot(),
        CaseApiModule,
        EmailModule,
        CallModule,
        VoicemailModule,
        ContactModule,
      ],
    };
  }
}
