import type { ClientView } from '../sql/api-clients/client-view.js';

/** Why a client stays as it is. */
export type ClientRefusal =
  | { readonly kind: 'unknown' }
  /** The holder of the name. */
  | { readonly kind: 'name-taken'; readonly id: string }
  | { readonly kind: 'declared'; readonly place: string }
  | { readonly kind: 'revoked' }
  /** When one of the two keys ends. */
  | { readonly kind: 'two-keys'; readonly until: Date };

/** A client as it is now, or why nothing was done. */
export type ClientOutcome = { readonly kind: 'done'; readonly client: ClientView } | ClientRefusal;

/** The same with a new key, which nobody can read again. */
export type KeyOutcome = { readonly kind: 'done'; readonly client: ClientView; readonly key: string } | ClientRefusal;
