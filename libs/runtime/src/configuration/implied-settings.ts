type Plain = Record<string, unknown>;

/** Fills in what follows from other settings. What has the wrong shape stays as it is, for the checks to find. */
export function withImpliedSettings(plain: Plain): Plain {
  return withImpliedTls(withImpliedGroups(withImpliedQuota(plain)));
}

/** `off` is easier to write than to remember what 0 means; YAML 1.1 reads it as false. */
function withImpliedQuota(plain: Plain): Plain {
  const { rateLimit } = plain;
  return rateLimit === 'off' || rateLimit === false ? { ...plain, rateLimit: { quota: 0 } } : plain;
}

/** An account with one group need not declare it. */
function withImpliedGroups(plain: Plain): Plain {
  if (plain['groups'] !== undefined) {
    return plain;
  }
  const account = plain['account'] as { defaultGroup?: unknown } | null | undefined;
  return { ...plain, groups: [{ name: account?.defaultGroup ?? 'Support' }] };
}

/** Port 993 speaks TLS from the first byte (RFC 8314 §3.2); any other port must offer STARTTLS. */
function withImpliedTls(plain: Plain): Plain {
  const { mailboxes } = plain;
  return Array.isArray(mailboxes) ? { ...plain, mailboxes: mailboxes.map(withTls) } : plain;
}

function withTls(mailbox: unknown): unknown {
  if (!isPlain(mailbox) || !isPlain(mailbox['imap']) || mailbox['imap']['tls'] !== undefined) {
    return mailbox;
  }
  const { imap } = mailbox;
  return { ...mailbox, imap: { ...imap, tls: (imap['port'] ?? 993) === 993 ? 'implicit' : 'starttls' } };
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
