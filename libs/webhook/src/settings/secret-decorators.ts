import { ValidateBy, type ValidationArguments } from 'class-validator';

const SHORTEST = 16;
const LONGEST = 512;
const SIGNING_SECRET = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/** A secret that nobody guesses: 16 to 512 characters, no blanks around it. */
export function IsSecret(): PropertyDecorator {
  return ValidateBy({
    name: 'isSecret',
    validator: {
      validate: isSecret,
      defaultMessage: () => `$property must have ${SHORTEST} characters or more, and no blanks around them`,
    },
  });
}

/** Another value than that of a setting beside it. */
export function DiffersFrom(setting: string): PropertyDecorator {
  return ValidateBy({
    name: 'differsFrom',
    constraints: [setting],
    validator: {
      validate: (value, given?: ValidationArguments) =>
        value !== (given?.object as Record<string, unknown> | undefined)?.[setting],
      defaultMessage: () => `$property must differ from ${setting}`,
    },
  });
}

export function isSecret(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === value && value.length >= SHORTEST && value.length <= LONGEST;
}

/** A secret of Standard Webhooks 1.0: `whsec_` and the base64 of 24 to 64 bytes. */
export function isSigningSecret(value: string): boolean {
  const bytes = Buffer.from(SIGNING_SECRET.exec(value)?.[1] ?? '', 'base64').length;
  return bytes >= 24 && bytes <= 64;
}
