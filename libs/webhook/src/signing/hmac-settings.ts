import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { isSecret, isSigningSecret } from '../settings/secret-decorators.js';

const HEADER = /^[A-Za-z0-9-]{1,100}$/;

/** How a telephone system signs that has a scheme of its own: HMAC-SHA256 over `[time, separator,] body`. */
export class HmacSettings {
  /** The header with the signature. */
  @Matches(HEADER)
  readonly header!: string;

  @IsIn(['hex', 'base64'])
  readonly encoding!: 'hex' | 'base64';

  /** How the secret becomes the key. */
  @IsIn(['utf8', 'base64', 'hex'])
  readonly keyEncoding: 'utf8' | 'base64' | 'hex' = 'utf8';

  /** Between the time and the body. */
  @IsString()
  @MaxLength(10)
  readonly separator: string = '.';

  /** The header with the time, seconds since 1970; without it nothing but the body is signed. */
  @IsOptional()
  @Matches(HEADER)
  readonly timestampHeader: string | null = null;

  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly toleranceSeconds: number = 300;
}

/** Standard Webhooks say what a secret looks like; with `hmac` it has to be readable as its `keyEncoding`. */
export function IsSecretOfItsScheme(): PropertyDecorator {
  const hmacOf = (given?: ValidationArguments) =>
    (given?.object as { readonly hmac?: HmacSettings | null } | undefined)?.hmac ?? null;
  return ValidateBy({
    name: 'isSecretOfItsScheme',
    validator: {
      validate: (value, given) => {
        const hmac = hmacOf(given);
        return typeof value === 'string' && (hmac === null ? isSigningSecret(value) : isKey(value, hmac.keyEncoding));
      },
      defaultMessage: (given) =>
        hmacOf(given) === null
          ? '$property must be whsec_ and the base64 of 24 to 64 bytes'
          : '$property must have 16 characters or more, written as hmac.keyEncoding says',
    },
  });
}

const ENCODED = {
  utf8: /^/,
  hex: /^(?:[0-9a-f]{2})+$/i,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};

function isKey(value: string, encoding: HmacSettings['keyEncoding']): boolean {
  return isSecret(value) && (ENCODED[encoding]?.test(value) ?? false);
}
