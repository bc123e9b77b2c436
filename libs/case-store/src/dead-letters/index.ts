export * from './dead-letter.js';
export * from './list-dead-letters.js';
export * from './load-dead-letters.js';
export * from './settle-dead-letters.js';
