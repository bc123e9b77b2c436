import { frameworkProblem, ProblemError } from '#libs/runtime';
import type { BodyProblem } from '#libs/webhook';

export function notFound(): ProblemError {
  return new ProblemError(frameworkProblem('not-found'));
}

export function fromElsewhere(): ProblemError {
  return new ProblemError({
    code: 'origin-not-allowed',
    status: 403,
    title: 'The form stands on another page',
    detail: 'Name its origin in allowedOrigins of the form.',
    headers: { vary: 'Origin' },
  });
}

export function otherType(): ProblemError {
  return new ProblemError(
    frameworkProblem('unsupported-media-type', 'Send application/json or a form of HTML, without a Content-Encoding.'),
  );
}

export function wrongToken(detail: string): ProblemError {
  return new ProblemError({
    code: 'form-token',
    status: 400,
    title: 'The form cannot be taken',
    detail: `Its token ${detail}.`,
    errors: [{ pointer: '/token', code: 'token', detail }],
  });
}

export function wrongFields(problems: readonly BodyProblem[]): ProblemError {
  return new ProblemError({
    code: 'invalid-form',
    status: 400,
    title: 'The form cannot be taken',
    detail: `${problems[0]?.pointer ?? ''} ${problems[0]?.detail ?? ''}`.trim(),
    errors: problems,
  });
}

/** Seconds until the sender comes again. */
export function comeAgain(): ProblemError {
  return new ProblemError({ ...frameworkProblem('temporarily-unavailable'), headers: { 'retry-after': '5' } });
}
