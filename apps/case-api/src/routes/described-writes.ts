import type { ApiHeaderOptions, ApiResponseNoStatusOptions } from '@nestjs/swagger';
import type { DescribedProblem } from './describe-problems.js';

/** What the description says of a kind of write. */
interface DescribedWrite {
  readonly problems: readonly DescribedProblem[];
  readonly headers: readonly ApiHeaderOptions[];
  readonly answerHeaders?: ApiResponseNoStatusOptions['headers'];
  readonly takes?: readonly string[];
}

const TEXT = { type: 'string' } as const;

const IDEMPOTENCY_KEY: ApiHeaderOptions = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'A name for this request, 1 to 255 printable characters of ASCII. Sent again within 24 hours, it is answered as ' +
    'before, with `Idempotency-Replayed: true`, and nothing is done twice. Only answers of success are kept.',
};
export const IF_MATCH: ApiHeaderOptions = {
  name: 'If-Match',
  required: false,
  description: 'ETag of the version that may be changed, a list of them, or `*`.',
};

const REPLAYED = { 'Idempotency-Replayed': { description: '`true` for an answer of before.', schema: TEXT } };
const ETAG = { ETag: { description: 'The version.', schema: TEXT } };
const LOCATION = { Location: { description: 'Where it is.', schema: { ...TEXT, format: 'uri-reference' } } };

const OF_WRITES: readonly DescribedProblem[] = [
  'malformed-request',
  'body-too-large',
  'unsupported-media-type',
  'validation-failed',
  'unknown-field',
  'idempotency-key-missing',
  'idempotency-key-reused',
  'idempotency-in-progress',
];
export const OF_VERSIONS: readonly DescribedProblem[] = ['precondition-required', 'version-mismatch'];

export const COMMAND: DescribedWrite = {
  problems: OF_WRITES,
  headers: [IDEMPOTENCY_KEY],
  answerHeaders: REPLAYED,
};

export const VERSIONED_COMMAND: DescribedWrite = {
  problems: [...OF_WRITES, ...OF_VERSIONS],
  headers: [IDEMPOTENCY_KEY, IF_MATCH],
  answerHeaders: { ...ETAG, ...REPLAYED },
};

export const CREATION: DescribedWrite = { ...COMMAND, answerHeaders: { ...LOCATION, ...ETAG, ...REPLAYED } };

export const PATCHING: DescribedWrite = {
  ...VERSIONED_COMMAND,
  takes: ['application/merge-patch+json', 'application/json'],
};

export const DELETION: DescribedWrite = { ...VERSIONED_COMMAND, answerHeaders: REPLAYED };

/** What is in the trash can be read. */
export const PUTTING_ASIDE: DescribedWrite = VERSIONED_COMMAND;
