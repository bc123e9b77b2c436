import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export const TRUST_VERDICTS = ['pass', 'fail', 'unknown'] as const;
export type TrustVerdict = (typeof TRUST_VERDICTS)[number];

/** Whether the sender's identity was proven, and by what. */
export class Trust {
  @IsIn(TRUST_VERDICTS)
  verdict!: TrustVerdict;

  @IsString()
  @MaxLength(500)
  reason!: string;

  /** Each method's own result, such as `dkim=pass customer.example`; shown to people, read by no rule. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  checks?: string[] | null;
}
