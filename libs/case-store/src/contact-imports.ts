export { advanceContactImport } from './sql/contact-imports/advance-contact-import.js';
export type { ContactImport, ContactImportState } from './sql/contact-imports/contact-import.js';
export { type ContactImportCounts, countContactImportRows } from './sql/contact-imports/count-contact-import-rows.js';
export { findContactImport } from './sql/contact-imports/find-contact-import.js';
export { finishContactImport } from './sql/contact-imports/finish-contact-import.js';
export { hasWaitingContactImportRows } from './sql/contact-imports/has-waiting-contact-import-rows.js';
export { insertContactImport } from './sql/contact-imports/insert-contact-import.js';
export { insertContactImportRows, type NewContactImportRow } from './sql/contact-imports/insert-contact-import-rows.js';
export { type ContactImportRow, loadContactImportRows } from './sql/contact-imports/load-contact-import-rows.js';
export { lockContactImport } from './sql/contact-imports/lock-contact-import.js';
export {
  refuseDeadContactImportRows,
  settleContactImportRows,
} from './sql/contact-imports/settle-contact-import-rows.js';
