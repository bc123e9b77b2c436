/** Injection tokens of what `RuntimeModule` provides. */
export const CONFIGURATION = Symbol('CONFIGURATION');
export const LOGGER = Symbol('LOGGER');
export const METRICS = Symbol('METRICS');
export const HEALTH = Symbol('HEALTH');
