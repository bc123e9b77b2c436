export * from './account.js';
export * from './acts.js';
export * from './cases.js';
export * from './commands.js';
export * from './declaration.js';
export * from './interactions.js';
export * from './moment.js';
export * from './stories.js';
