import { IsArray, IsInt, IsOptional, IsString, Max, Min, ValidateBy } from 'class-validator';

/** HS256 asks for a key as long as its hash (RFC 7518 §3.2). Bytes. */
const SHORTEST_SECRET = 32;
/** Hours. */
const LONGEST_TOKEN = 24;

/** `callbar:` who may press something, and from which pages. */
export class CallBarConfiguration {
  /** Signs tokens, here and on every server that holds it. */
  @IsOptional()
  @IsSigningSecret()
  readonly secret: string | null = null;

  /** Tokens that were signed with it stay good while it is changed. */
  @IsOptional()
  @IsSigningSecret()
  readonly previousSecret: string | null = null;

  /** Where an identity provider publishes its keys (RFC 7517); instead of `secret`. */
  @IsOptional()
  @IsKeyAddress()
  readonly jwksUrl: string | null = null;

  /** `iss` of that provider's tokens. */
  @IsOptional()
  @IsString()
  readonly issuer: string | null = null;

  /** `aud` of tokens. */
  @IsString()
  readonly audience: string = 'casewright-callbar';

  /** From `iat` to `exp`. */
  @IsInt()
  @Min(1)
  @Max(LONGEST_TOKEN)
  readonly maxTokenHours: number = 12;

  /** Pages that a browser may call from, letter for letter. */
  @IsArray()
  @IsOrigin()
  readonly allowedOrigins: string[] = [];
}

function IsSigningSecret(): PropertyDecorator {
  return ValidateBy({
    name: 'isSigningSecret',
    validator: {
      validate: (value) => typeof value === 'string' && Buffer.byteLength(value) >= SHORTEST_SECRET,
      defaultMessage: () => `$property must have at least ${SHORTEST_SECRET} bytes`,
    },
  });
}

function IsKeyAddress(): PropertyDecorator {
  return ValidateBy({
    name: 'isKeyAddress',
    validator: {
      validate: (value) => typeof value === 'string' && isKeyAddress(value),
      defaultMessage: () => '$property must be an address with https',
    },
  });
}

/** Whoever can change the answer on its way can forge every token; nobody can on this machine. */
function isKeyAddress(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null;
  const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url?.protocol === 'https:' || isLocal;
}

function IsOrigin(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isOrigin',
      validator: {
        validate: (value) => typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value,
        defaultMessage: () => 'each value in $property must be an origin such as https://crm.acme.example',
      },
    },
    { each: true },
  );
}
