import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, ValidateBy, ValidateNested, type ValidationArguments } from 'class-validator';
import { BasicSettings, DiffersFrom, HmacSettings, IsSecret } from '#libs/webhook';
import { CONTACT_TYPES, type ContactType } from '../generic/event.js';
import { POINTER } from './pointer.js';

/** One pointer, or several whose texts are joined or whose lists follow one another. */
export type Pointers = string | readonly string[];

function IsPointers(): PropertyDecorator {
  return ValidateBy({
    name: 'isPointers',
    validator: {
      validate: (value) =>
        [value].flat().length > 0 &&
        [value].flat().length <= 10 &&
        [value].flat().every((one: unknown) => typeof one === 'string' && POINTER.test(one)),
      defaultMessage: () =>
        '$property must be a JSON pointer, such as /person/id or /mails/*/address, or a list of them',
    },
  });
}

function pointers(): PropertyDecorator {
  return (target, property) => {
    IsOptional()(target, property);
    IsPointers()(target, property);
  };
}

function IsTypes(): PropertyDecorator {
  return ValidateBy({
    name: 'isTypes',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).length <= 100 &&
        Object.values(value).every((one) => (CONTACT_TYPES as readonly unknown[]).includes(one)),
      defaultMessage: () => `$property must say for each type of theirs which of ${CONTACT_TYPES.join(', ')} it is`,
    },
  });
}

/** Where the sender writes what. All but `items` are looked for in each item. */
export class JsonMap {
  /** Where the events are: a list of them, or one; the whole body unless told. */
  @pointers()
  readonly items?: string;

  @pointers()
  readonly id?: Pointers;

  /** Where it stands beside the items, there too. */
  @pointers()
  readonly type?: Pointers;

  /** The type of what tells none, or one that `types` does not know: nothing unless told, `contact.upserted` where `type` is not told. */
  @IsOptional()
  @IsIn(CONTACT_TYPES)
  readonly otherwise?: ContactType;

  @IsOptional()
  @IsTypes()
  readonly types?: Readonly<Record<string, ContactType>>;

  /** Where it stands beside the items, there too. ISO 8601 with a zone, or seconds or milliseconds since 1970. */
  @pointers()
  readonly occurred_at?: Pointers;

  @pointers()
  readonly external_id?: Pointers;

  @pointers()
  readonly name?: Pointers;

  @pointers()
  readonly company?: Pointers;

  @pointers()
  readonly locale?: Pointers;

  @pointers()
  readonly time_zone?: Pointers;

  @pointers()
  readonly url?: Pointers;

  @pointers()
  readonly emails?: Pointers;

  @pointers()
  readonly phones?: Pointers;

  @pointers()
  readonly merged_external_ids?: Pointers;

  @pointers()
  readonly request_id?: Pointers;

  @pointers()
  readonly subject?: Pointers;

  @pointers()
  readonly text?: Pointers;

  @pointers()
  readonly group?: Pointers;

  @pointers()
  readonly case?: Pointers;
}

/** Settings of a sender of any JSON: how it proves itself, and where in what it sends things stand. */
export class JsonSettings {
  /** What is signed with, where `hmac` is told; else the last segment of the address. */
  @IsOptional()
  @IsSecret()
  readonly secret: string | null = null;

  @IsOptional()
  @IsSecret()
  @DiffersFrom('secret')
  readonly previousSecret: string | null = null;

  /** HMAC-SHA256 over `[time, separator,] body`. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => HmacSettings)
  readonly hmac: HmacSettings | null = null;

  /** Instead of a secret. */
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => BasicSettings)
  readonly basic: BasicSettings | null = null;

  @IsObject()
  @ValidateNested()
  @Type(() => JsonMap)
  @ProvesItselfInOneWay()
  readonly map!: JsonMap;
}

/** Told of where the entry is whole: one of two secrets that exclude each other is missing, or both are there. */
function ProvesItselfInOneWay(): PropertyDecorator {
  return ValidateBy({
    name: 'provesItselfInOneWay',
    validator: {
      validate: (_, given?: ValidationArguments) => {
        const { secret, basic } = (given?.object ?? {}) as Partial<JsonSettings>;
        return (secret ?? null) === null ? (basic ?? null) !== null : (basic ?? null) === null;
      },
      defaultMessage: () =>
        'the sender has to prove itself in one way: by `secret`, with or without `hmac`, or by `basic`',
    },
  });
}
