import { frameworkProblem, type ProblemCause } from '#libs/runtime';
import { adviceOnRefusal, type BodyProblem, type RefusalReason, statusOfRefusal } from '#libs/webhook';

/** A sender comes again after so many seconds, when the log takes records again. */
const RETRY_AFTER = '5';

/** Neither 429, which some telephone systems take for good, nor a word about what is wrong inside. */
export function comeAgain(): ProblemCause {
  return { ...frameworkProblem('temporarily-unavailable'), headers: { 'retry-after': RETRY_AFTER } };
}

export function notBelieved(reason: RefusalReason): ProblemCause {
  const status = statusOfRefusal(reason);
  const advice = adviceOnRefusal(reason);
  return {
    code: reason,
    status,
    title: 'The sender is not proven',
    detail: `${advice[0]?.toUpperCase() ?? ''}${advice.slice(1)}.`,
    // RFC 9110 §15.5.2
    ...(status === 401
      ? { headers: { 'www-authenticate': reason === 'credentials-missing' ? 'Basic realm="webhooks"' : 'Signature' } }
      : {}),
  };
}

export function fromElsewhere(): ProblemCause {
  return {
    code: 'network-not-allowed',
    status: 403,
    title: 'The sender is somewhere else',
    detail: 'This connection takes requests of its allowedNetworks only.',
  };
}

export function cannotBeRead(problems: readonly BodyProblem[]): ProblemCause {
  const [first] = problems;
  return {
    code: 'invalid-event',
    status: 400,
    title: 'The event cannot be read',
    detail: `Nothing of the request is taken. ${first === undefined ? '' : `${first.pointer}: ${first.detail}`}`.trim(),
    errors: problems,
  };
}

export function otherType(accepted: readonly string[]): ProblemCause {
  return {
    ...frameworkProblem('unsupported-media-type', `Send ${accepted.join(' or ')}, without a Content-Encoding.`),
    headers: { 'accept-post': accepted.join(', ') },
  };
}

export function bodyTooLarge(limit: number): ProblemCause {
  return frameworkProblem('body-too-large', `The body may have ${limit} bytes.`);
}

export function headerTooLarge(): ProblemCause {
  return frameworkProblem('headers-too-large', 'A header may have 8192 bytes.');
}
