/** The header that says how to ask (RFC 6750 §3), with why this was not enough. */
export function challenge(
  reasons: { readonly error?: string; readonly scope?: string } = {},
): Readonly<Record<'www-authenticate', string>> {
  const parts = Object.entries({ realm: 'casewright', ...reasons }).map(([name, value]) => `${name}="${value}"`);
  return { 'www-authenticate': `Bearer ${parts.join(', ')}` };
}
