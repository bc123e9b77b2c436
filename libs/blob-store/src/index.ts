export * from './blob-store.js';
export * from './blob-store.module.js';
export * from './open-blob-store.js';
