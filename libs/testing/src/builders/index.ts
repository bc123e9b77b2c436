export * from './account.js';
export * from './cases.js';
export * from './declaration.js';
export * from './interactions.js';
