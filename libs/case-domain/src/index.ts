export * from './advance.js';
export { actsAsAgent } from './agent-proof.js';
export * from './auto-close.js';
export * from './back-stop.js';
export * from './case-state.js';
export {
  applyChange,
  beginCase,
  changeCase,
  fold,
  stepsOf,
  type CaseFields,
  type Cause,
  type Changed,
} from './change.js';
export * from './decision.js';
export * from './event-data.js';
export { decide } from './inbound.js';
export { isReopenable } from './reopen.js';
export type { Moment } from './situation.js';
export { speakerOf } from './people.js';
export * from './snapshot.js';
export { survivorOf } from './survivor.js';
export * from './traffic.js';
