/** Why a request is not believed: what it is answered with, and what to do about it (channels.md I). */
const REFUSALS = {
  'signature-missing': {
    status: 401,
    advice: 'the sender does not sign, or something on the way drops its headers: turn signing on at the provider',
  },
  'signature-unreadable': {
    status: 403,
    advice: 'a header of the signature came twice, is too long or is not written as it should be: look at the proxy',
  },
  'signature-mismatch': {
    status: 403,
    advice:
      'compare the printed address with the one entered at the provider (scheme, host, port, path, query); then the secret',
  },
  'timestamp-out-of-range': { status: 403, advice: 'set the clocks: the sender’s and ours differ' },
  'secret-missing': { status: 401, advice: 'the address entered at the provider ends without the secret: complete it' },
  'credentials-missing': {
    status: 401,
    advice: 'the provider sends no user and password: enter both where its webhook is set up',
  },
  'credentials-mismatch': {
    status: 403,
    advice: 'compare user and password at the provider with those of this connection',
  },
  'tenant-mismatch': {
    status: 403,
    advice: 'another account of the provider sends here: compare its id with the one of this connection',
  },
  'secret-mismatch': { status: 403, advice: 'compare the secret at the provider with the one of this connection' },
} as const;

export type RefusalReason = keyof typeof REFUSALS;

export interface Verified {
  readonly verified: true;
  /** The address that the signature was computed over, for people to compare; null when the scheme signs none. */
  readonly address: string | null;
}

export interface Refused {
  readonly verified: false;
  readonly reason: RefusalReason;
  /** More about this one request, such as by how much the clocks differ. Holds no secret. */
  readonly detail: string | null;
  readonly address: string | null;
}

/** Whether a request comes from who the connection says. */
export type Verification = Verified | Refused;

export function verified(address: string | null = null): Verified {
  return { verified: true, address };
}

export function refused(reason: RefusalReason, more: Partial<Pick<Refused, 'detail' | 'address'>> = {}): Refused {
  return { verified: false, reason, detail: more.detail ?? null, address: more.address ?? null };
}

/** 401 when nothing proves the sender, 403 when something does not. */
export function statusOfRefusal(reason: RefusalReason): 401 | 403 {
  return REFUSALS[reason].status;
}

/** One sentence that says what to do. */
export function adviceOnRefusal(reason: RefusalReason): string {
  return REFUSALS[reason].advice;
}
