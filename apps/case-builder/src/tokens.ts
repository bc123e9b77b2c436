/** Injection token of what the batches work with. */
export const BATCH_DEPENDENCIES = Symbol('BATCH_DEPENDENCIES');
/** Injection token of the kinds of facts that become interactions. */
export const FOLD_KINDS = Symbol('FOLD_KINDS');
