import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  MinLength,
} from 'class-validator';

import { reopenPolicies, type ReopenPolicyName } from './account-configuration.js';

const strategies = ['manual', 'round_robin', 'least_open', 'least_open_pct', 'skills'] as const;

/** One of `groups:` */
export class GroupConfiguration {
  @IsString()
  @Length(1, 100)
  readonly name!: string;

  @IsIn(strategies)
  readonly strategy: (typeof strategies)[number] = 'manual';

  /** Open cases an agent can carry; for `least_open_pct`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly capacityPerAgent: number | null = null;

  /** Overrides the account's. */
  @IsOptional()
  @IsIn(reopenPolicies)
  readonly reopenPolicy: ReopenPolicyName | null = null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  readonly reopenWindowDays: number | null = null;

  @IsBoolean()
  readonly keepOwnerOnReopen: boolean = true;
}

/** One of `agents:` */
export class AgentConfiguration {
  @IsEmail({ require_tld: false })
  readonly email!: string;

  @IsString()
  @Length(1, 200)
  readonly name!: string;

  /** The first one is the agent's default. */
  @IsArray()
  @IsString({ each: true })
  readonly groups: string[] = [];

  @IsOptional()
  @IsString()
  readonly extension: string | null = null;

  @IsString()
  readonly role: string = 'agent';

  @IsBoolean()
  readonly active: boolean = true;
}

/** One of `apiKeys:` */
export class ApiKeyConfiguration {
  @IsString()
  @Length(1, 100)
  readonly name!: string;

  /** Kept hashed. Somebody made it up, so its length is what keeps others from guessing it. */
  @IsString()
  @MinLength(32, { message: 'has less than 32 characters; "openssl rand -hex 24" makes one that nobody guesses' })
  readonly key!: string;

  /** `cases:read`, `cases:write`, … */
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  readonly scopes!: string[];

  /** Addresses of the agents that it may act for, with the scope `impersonate`; null is all of them. */
  @IsOptional()
  @IsArray()
  @IsEmail({ require_tld: false }, { each: true })
  readonly allowedAgents: string[] | null = null;
}
