/** Injection token of what the batches work with. */
export const BATCH_DEPENDENCIES = Symbol('BATCH_DEPENDENCIES');
/** Injection token of the accounts' set-ups. */
export const ACCOUNT_DIRECTORY = Symbol('ACCOUNT_DIRECTORY');
