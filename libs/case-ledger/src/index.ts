export { applyWrites } from './apply-writes.js';
export { claimInteractions, type ReceivedInteraction } from './claim-interactions.js';
export { decideAll, openedCases } from './decide-all.js';
export { planWrites } from './plan-writes.js';
export { recordsOf } from './records/announced-records.js';
export * from './records/case-records.js';
export * from './records/decided-records.js';
