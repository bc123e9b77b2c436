export * from './list-suspended.js';
export * from './release-suspended.js';
