/** A value, or one sentence that says why there is none and what to do. */
export type Understood<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

export function understood<Value>(value: Value): Understood<Value> {
  return { ok: true, value };
}

export function notUnderstood(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
