import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export const AUTOMATIC_CLASSES = [
  'bounce_hard',
  'bounce_soft',
  'receipt',
  'abuse_report',
  'out_of_office',
  'auto_reply',
  'notification',
  'list',
  'own_loop',
] as const;
export type AutomaticClass = (typeof AUTOMATIC_CLASSES)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Why the interaction is taken for one that no person wrote. */
export class Automatic {
  @IsIn(AUTOMATIC_CLASSES)
  class!: AutomaticClass;

  /** The signals that decided, such as `Auto-Submitted: auto-replied`. */
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  signals!: string[];

  /** Of a bounce: the addresses that it did not reach, normalised. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(320, { each: true })
  failedRecipients?: string[] | null;

  /** Of an out-of-office note that says so: first day of the absence, in the sender's calendar. */
  @IsOptional()
  @Matches(DAY)
  awayFrom?: string | null;

  /** Of an out-of-office note that says so: last day of the absence. */
  @IsOptional()
  @Matches(DAY)
  awayUntil?: string | null;
}
