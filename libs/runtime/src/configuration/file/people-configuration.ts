import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
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

  /** When the group works; as the account does unless told. */
  @IsOptional()
  @IsObject()
  readonly businessHours: object | null = null;
}

/** One of `assignmentRules:`, written as the API takes it; whoever knows the language of rules reads the rest. */
export class AssignmentRuleConfiguration {
  @IsString()
  @Length(1, 100)
  readonly name!: string;

  /** The place in the file unless told. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly position: number | null = null;

  @IsBoolean()
  readonly active: boolean = true;

  @IsIn(['all', 'any'])
  readonly match: string = 'all';

  @IsArray()
  readonly conditions!: object[];

  @IsArray()
  readonly actions!: object[];

  /** Where it holds, none after it is looked at. */
  @IsBoolean()
  readonly stop: boolean = false;
}

function isNamesByConnection(value: unknown): boolean {
  const isName = (name: unknown) => typeof name === 'string' && name.length > 0 && name.length <= 200;
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((names) => Array.isArray(names) && names.length <= 20 && names.every(isName))
  );
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

  /** The one telephone of the agent, beside `extensions`. */
  @IsOptional()
  @IsString()
  readonly extension: string | null = null;

  /** Of the agent's telephones inside the house. */
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[0-9A-Za-z*#._-]{1,40}$/, { each: true, message: '$property must hold extensions, as texts in quotes' })
  readonly extensions: string[] = [];

  /** Numbers at which the agent answers, in any spelling. */
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[+0-9][0-9 ()./-]{2,40}$/, {
    each: true,
    message: '$property must hold telephone numbers, as texts in quotes',
  })
  readonly phones: string[] = [];

  /** By `provider/key` of a connection: what the agent is called there. */
  @IsObject()
  @ValidateBy({
    name: 'namesByConnection',
    validator: {
      validate: isNamesByConnection,
      defaultMessage: () =>
        '$property must have a list of names for each connection, such as twilio/main: [client:ana]',
    },
  })
  readonly telephony: Readonly<Record<string, readonly string[]>> = {};

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
