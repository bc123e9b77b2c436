export * from './decision/advance.js';
export { actsAsAgent } from './people/agent-proof.js';
export * from './due/auto-close.js';
export * from './interaction/back-stop.js';
export * from './case/case-change.js';
export * from './case/case-state.js';
export {
  applyChange,
  beginCase,
  changeCase,
  fold,
  stepsOf,
  type CaseFields,
  type Cause,
  type Changed,
} from './case/change.js';
export * from './decision/decision.js';
export * from './case/event-data.js';
export { decide } from './interaction/decide-interaction.js';
export { isReopenable } from './interaction/reopen.js';
export type { Moment } from './decision/moment.js';
export { speakerOf } from './people/people.js';
export * from './decision/snapshot.js';
export { survivorOf } from './decision/survivor.js';
export * from './decision/traffic.js';
