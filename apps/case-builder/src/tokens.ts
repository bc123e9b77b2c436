/** Injection token of what the batches work with. */
export const BATCH_DEPENDENCIES = Symbol('BATCH_DEPENDENCIES');
