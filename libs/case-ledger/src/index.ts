// Settling: the one way in which cases are written.
export type {
  CallBarInput,
  CommandAnswer,
  CommandInput,
  ContactInput,
  FactInput,
  Input,
  InteractionDueInput,
  InteractionInput,
  Settlement,
  Work,
} from './inputs.js';
export { LEDGER, LedgerModule } from './ledger.module.js';
export { openLedger } from './open-ledger.js';
export { settle, type LedgerDependencies } from './settle.js';
export { writeOff, type DeadLetterToWrite } from './dead-letters.js';

// What the topics are told.
export { recordsOf } from './records/announced-records.js';
export { caseEventId } from '#libs/case-domain';
export { forgetContacts } from './forget-contacts.js';
