export { type ContactRow, type RowRefusal } from './contact/contact-row.js';
export { factOfRow, type RowContext, type RowFact } from './contact/fact-of-row.js';
export { readMap } from './csv/csv-dialect.js';
export { planReading, type ReadingPlan, type ReadingWishes, readRows } from './reading-plan.js';
export { reportLine } from './report-line.js';
export { examineFile, type FileExamination } from './text/examine-file.js';
