// Settling: the one way in which cases are written.
export { CaseNumbers } from './case-numbers.js';
export type { FactInput, Input, InteractionInput, Settlement, Work } from './inputs.js';
export { ledgerMetrics, type LedgerMetrics } from './ledger-metrics.js';
export { LEDGER, LedgerModule } from './ledger.module.js';
export { openLedger } from './open-ledger.js';
export { settle, type Frame, type LedgerDependencies } from './settle.js';
export { writeOff, type DeadLetterToWrite } from './dead-letters.js';

// The parts of it, for measurements.
export { applyWrites } from './write/apply-writes.js';
export { decideQuestions } from './decide/decide-questions.js';
export { planWrites } from './write/plan-writes.js';
export { recogniseInputs } from './decide/recognise-inputs.js';

// What the topics are told.
export { recordsOf } from './records/announced-records.js';
export { caseEventId, caseEventRecord, caseEventRow, caseStateRecord } from './records/case-records.js';
