/** `Rita Alves <rita@example.org>` */
export function personOf({ name, value }: { readonly name?: string | null; readonly value: string }): string {
  return name ? `${name} <${value}>` : value;
}

/** The verdict on the sender, its reason, and what each method found. */
export function trustLine(trust: {
  readonly verdict: string;
  readonly reason: string;
  readonly checks?: readonly string[] | null;
}): string {
  const checks = trust.checks ?? [];
  return `${trust.verdict}: ${trust.reason}${checks.length === 0 ? '' : ` (${checks.join(', ')})`}`;
}

/** Class and signals of mail that no person wrote; null for other mail. */
export function automaticOf(
  automatic: { readonly class: string; readonly signals: readonly string[] } | null,
): string | null {
  return automatic === null ? null : `${automatic.class} (${automatic.signals.join('; ')})`;
}
