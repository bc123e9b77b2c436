/** `Rita Alves <rita@example.org>` */
export function personOf({ name, value }: { readonly name?: string | null; readonly value: string }): string {
  return name ? `${name} <${value}>` : value;
}

/** Class and signals of mail that no person wrote; null for other mail. */
export function automaticOf(
  automatic: { readonly class: string; readonly signals: readonly string[] } | null,
): string | null {
  return automatic === null ? null : `${automatic.class} (${automatic.signals.join('; ')})`;
}
