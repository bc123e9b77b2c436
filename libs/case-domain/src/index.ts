export * from './case-state.js';
export * from './decision.js';
export * from './snapshot.js';
