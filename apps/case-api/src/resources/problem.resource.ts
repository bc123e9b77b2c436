import { ApiProperty } from '@nestjs/swagger';
import type { Problem, ProblemPart } from '#libs/runtime';
import { PROBLEM_CODES } from '../http/problem.js';
import { Instant, Integer, OneOf, Text, Texts, Uuid } from './properties.js';

export class ProblemPartResource implements ProblemPart {
  @Text({ description: 'Place in the request.', example: '/query/limit' }) pointer!: string;
  @Text({ example: 'validation-failed' }) code!: string;
  @Text({ example: 'Must be between 1 and 100.' }) detail!: string;
}

/** RFC 9457. */
export class ProblemResource implements Problem {
  @Text({ example: 'https://casewright.io/problems/validation-failed' }) type!: string;
  @Text({ example: 'A value is not allowed' }) title!: string;
  @Integer({ example: 422 }) status!: number;
  @Text({ example: '/query/limit: Must be between 1 and 100.' }) detail!: string;
  @Text({ example: '/v1/cases' }) instance!: string;
  @OneOf(PROBLEM_CODES) code!: string;
  @Text({ example: 'b2f1f5c0-0199-4a3c-9b7a-6f5e7c1d8d11' }) request_id!: string;
  @ApiProperty({ type: () => ProblemPartResource, isArray: true, required: false })
  errors?: ProblemPartResource[];
  @Integer({ required: false, description: 'Of `version-mismatch`: the version now.', example: 8 })
  current_version?: number;
  @Instant({ required: false, description: 'Of `redacted`: when it was.' }) redacted_at?: string;
  @Uuid({ required: false, description: 'Of `name-taken` and `identity-taken`: the id of what has it.' })
  holder_id?: string;
  @Texts({ required: false, description: 'Of `version-mismatch`: fields that changed since the version sent.' })
  changed_fields?: readonly string[];
}
