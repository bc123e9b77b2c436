import type { Trust } from '#libs/interaction';
import { beginning, type EmailPayload } from '#libs/mail';
import { domainOf } from './alignment.js';
import type { MethodResult } from './authentication-results.js';
import { resultsOfServer, type TrustedServer } from './results-of-server.js';
import { verdictOf, type Verdict } from './verdict-of.js';

/** What a payload tells about its sender. */
export type Claim = Pick<EmailPayload, 'flags' | 'from' | 'signals' | 'trace'>;

/** What our own verification of the stored mail found; null when it was not made. */
export type OwnResults =
  { readonly made: true; readonly results: readonly MethodResult[] } | { readonly made: false; readonly why: string };

const MOST_CHECKS = 20;

/**
 * Whether the sender was proven, with a reason that people understand:
 * 1. more than one From address: nobody is proven, whatever the checks say;
 * 2. what the server that the mailbox trusts wrote on top;
 * 3. what our own verification found, when the mailbox asks for it.
 */
export function trustOf(claim: Claim, server: TrustedServer | null, own: OwnResults | null = null): Trust {
  if (claim.flags.includes('several_from')) {
    return { verdict: 'unknown', reason: 'more than one From address' };
  }
  const from = domainOf(claim.from[0]?.address ?? '');
  const told = server === null ? null : trustByServer(claim, server, from);
  if (told !== null && (told.verdict !== 'unknown' || own === null)) {
    return told;
  }
  if (own !== null) {
    return trustByUs(own, from);
  }
  return { verdict: 'unknown', reason: 'no trusted authserv-id configured' };
}

function trustByServer(claim: Claim, server: TrustedServer, from: string | null): Trust {
  const name = server.id ?? 'Microsoft 365';
  const results = resultsOfServer(claim.trace, server);
  if (results === null) {
    return { verdict: 'unknown', reason: beginning(`no result of the trusted server ${name}`, 500) };
  }
  const verdict = verdictOf(results, from);
  return trust(name, server.id === null ? microsoftVerdict(verdict, results, claim, from) : verdict, results);
}

/**
 * Microsoft 365 writes no authserv-id, so anybody's header looks like its own. A pass counts beside what only it
 * writes: `compauth=pass`, or that the mail never left the organisation.
 */
function microsoftVerdict(
  verdict: Verdict,
  results: readonly MethodResult[],
  { signals }: Claim,
  from: string | null,
): Verdict {
  const inside = signals['x-ms-exchange-organization-authas']?.[0]?.trim().toLowerCase() === 'internal';
  if (inside && verdict.verdict !== 'fail') {
    return { verdict: 'pass', because: `it was sent inside the organisation by ${from ?? 'nobody'}` };
  }
  const composite = results.some(({ method, result }) => method === 'compauth' && result === 'pass');
  return verdict.verdict === 'pass' && !composite
    ? { verdict: 'unknown', because: `${verdict.because}, but composite authentication did not` }
    : verdict;
}

function trustByUs(own: OwnResults, from: string | null): Trust {
  return own.made
    ? trust('our own check', verdictOf(own.results, from), own.results)
    : { verdict: 'unknown', reason: beginning(`our own check could not be made: ${own.why}`, 500) };
}

function trust(who: string, { verdict, because }: Verdict, results: readonly MethodResult[]): Trust {
  const checks = results.slice(0, MOST_CHECKS).map(describe);
  return { verdict, reason: beginning(`${who}: ${because}`, 500), ...(checks.length === 0 ? {} : { checks }) };
}

const SUBJECTS = ['header.from', 'header.d', 'header.i', 'smtp.mailfrom', 'smtp.helo'];

function describe({ method, result, properties }: MethodResult): string {
  const subject = SUBJECTS.flatMap((name) => properties.get(name) ?? [])[0];
  return beginning(`${method}=${result}${subject === undefined ? '' : ` ${subject}`}`, 300);
}
