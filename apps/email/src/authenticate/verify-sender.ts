import { resolve } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { authenticate, type AuthenticateResult, type DNSResolver } from 'mailauth';
import { endOfHeader } from '#libs/mail';
import type { MethodResult } from '../rules/trust/authentication-results.js';
import type { OwnResults } from '../rules/trust/trust-of.js';

/** What the SMTP session said; null where the mail was fetched from a mailbox. */
export interface SessionFacts {
  readonly clientAddress: string;
  readonly greeting: string;
  /** Empty for the null sender. */
  readonly envelopeFrom: string;
}

export interface VerifyOptions {
  readonly resolver: DNSResolver;
  readonly timeLimitMs: number;
}

/** Asks the DNS servers that the machine is set to. */
export const systemResolver: DNSResolver = (name, type) => resolve(name, type as 'TXT');

export const TIME_LIMIT_MS = 5_000;
/** Each signature costs a question to DNS and a hash of the body; no honest mail has more. */
const MOST_SIGNATURES = 12;
/** Larger mails would take the thread's time from all others. */
export const MOST_BYTES = 25 * 1024 * 1024;

/**
 * Checks the DKIM signatures of a mail as it was stored, SPF where the session is known, and DMARC (RFC 6376, 7208,
 * 7489). ARC is not asked: a chain that holds says nothing about who began it. What cannot be checked in time, or
 * because DNS does not answer, is a value; it never rejects.
 */
export async function verifySender(
  mail: Buffer,
  session: SessionFacts | null,
  { resolver, timeLimitMs }: VerifyOptions,
): Promise<OwnResults> {
  if (mail.length > MOST_BYTES || signaturesIn(mail) > MOST_SIGNATURES) {
    return { made: false, why: 'the mail is too large or bears too many signatures' };
  }
  const late = new AbortController();
  const checked = authenticate(mail, {
    ...sessionOptions(session),
    mta: 'casewright',
    resolver,
    disableArc: true,
    disableBimi: true,
  }).then((result) => ownResults(result, session));
  const outOfTime = delay(timeLimitMs, { made: false, why: 'DNS did not answer in time' } as const, {
    signal: late.signal,
  });
  try {
    return await Promise.race([checked, outOfTime]);
  } catch {
    return { made: false, why: 'the mail could not be read for it' };
  } finally {
    late.abort();
    outOfTime.catch(() => undefined);
    checked.catch(() => undefined);
  }
}

function sessionOptions(session: SessionFacts | null) {
  return session === null
    ? {}
    : { ip: session.clientAddress, helo: session.greeting, sender: session.envelopeFrom || undefined };
}

/** Lines of the header that begin a signature. */
function signaturesIn(mail: Buffer): number {
  const end = endOfHeader(mail);
  const header = mail.toString('latin1', 0, end === -1 ? mail.length : end);
  return header.match(/^(?:dkim-signature|arc-message-signature|arc-seal)[ \t]*:/gim)?.length ?? 0;
}

function ownResults({ dkim, spf, dmarc }: AuthenticateResult, session: SessionFacts | null): OwnResults {
  const isUndersized = dkim?.results?.some(({ status }) => status.underSized) ?? false;
  const results = [
    ...(dkim?.results ?? []).map(({ status, signingDomain }) =>
      // A signature over the beginning of the body leaves the rest to anybody (RFC 6376 §8.2).
      methodResult('dkim', status.underSized ? 'policy' : status.result, 'header.d', signingDomain),
    ),
    ...(spf && session !== null ? [methodResult('spf', spf.status.result, 'smtp.mailfrom', spf.domain)] : []),
    // DMARC may rest on such a signature; then what each method says by itself has to do.
    ...(dmarc && !isUndersized ? dmarcResult(dmarc, session) : []),
  ];
  const isOpen = results.some(({ result }) => result === 'temperror') && !results.some(isPass);
  return isOpen ? { made: false, why: 'DNS did not answer' } : { made: true, results };
}

/** Without the session SPF is not known, and a mail that only SPF would have proven has not failed. */
function dmarcResult(
  dmarc: NonNullable<Exclude<AuthenticateResult['dmarc'], false>>,
  session: SessionFacts | null,
): MethodResult[] {
  const { result } = dmarc.status;
  const isHalf = result === 'fail' && session === null;
  return isHalf ? [] : [methodResult('dmarc', result, 'header.from', dmarc.domain)];
}

function isPass({ result }: MethodResult): boolean {
  return result === 'pass';
}

function methodResult(method: string, result: string, name: string, value: string | undefined): MethodResult {
  return { method, result, properties: new Map(value ? [[name, value]] : []) };
}
