import { Module, type DynamicModule } from '@nestjs/common';
import { openBlobStore } from './open-blob-store.js';

/** Injection token of the `BlobStore`. */
export const BLOB_STORE = Symbol('BLOB_STORE');

/**
 * Injection token of the `BlobStore` of what people upload. It is apart from what came in by channels: only attachments
 * refer to its content, so it is known when nobody does any more.
 */
export const UPLOAD_STORE = Symbol('UPLOAD_STORE');

/** Provides the stores at an address to every module of the application. */
@Module({})
export class BlobStoreModule {
  static forRoot(address: string): DynamicModule {
    return {
      module: BlobStoreModule,
      global: true,
      providers: [
        { provide: BLOB_STORE, useFactory: () => openBlobStore(address) },
        { provide: UPLOAD_STORE, useFactory: () => openBlobStore(address, 'uploads') },
      ],
      exports: [BLOB_STORE, UPLOAD_STORE],
    };
  }
}
