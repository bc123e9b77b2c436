import { Module, type DynamicModule } from '@nestjs/common';
import { openBlobStore } from './open-blob-store.js';

/** Injection token of the `BlobStore`. */
export const BLOB_STORE = Symbol('BLOB_STORE');

/** Provides the store at an address to every module of the application. */
@Module({})
export class BlobStoreModule {
  static forRoot(address: string): DynamicModule {
    return {
      module: BlobStoreModule,
      global: true,
      providers: [{ provide: BLOB_STORE, useFactory: () => openBlobStore(address) }],
      exports: [BLOB_STORE],
    };
  }
}
