import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

/** Whether a plain object meets what the decorators of a class say. Knows the verdict, not the words for it. */
export type Check = (value: object) => boolean;

/** A class of the contract. */
export type Constructor = new () => object;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type PropertyCheck = (value: unknown, owner: object) => boolean;

/**
 * Compiles the decorators of a class, and of the classes nested in it, into closures. The official validator reads its
 * metadata anew for each object and each property, which costs twenty times as much; it stays the one that words
 * errors, and the one that this is tested against.
 *
 * @throws Error when a decorator is used that is not known here, so that no rule is ever left out.
 */
export function compileCheck(target: Constructor): Check {
  const storage = getMetadataStorage();
  const rules = storage.groupByPropertyName(storage.getTargetValidationMetadatas(target, '', false, false));
  const properties = Object.entries(rules).map(
    ([name, metadata]) => [name, compileProperty(target, name, metadata)] as const,
  );
  return (value) => {
    const owner = value as Record<string, unknown>;
    for (const [name, meets] of properties) {
      if (!meets(owner[name], value)) {
        return false;
      }
    }
    return true;
  };
}

function compileProperty(target: Constructor, name: string, metadata: readonly Metadata[]): PropertyCheck {
  const conditions = metadata.filter(isOfType(ValidationTypes.CONDITIONAL_VALIDATION)).map(compileCondition);
  const checks = [
    ...metadata.filter(isOfType(ValidationTypes.CUSTOM_VALIDATION)).flatMap(compileConstraints),
    ...metadata.filter(isOfType(ValidationTypes.NESTED_VALIDATION)).map(() => compileNested(target, name)),
  ];
  if (conditions.length + checks.length < metadata.length) {
    throw new Error(`${target.name}.${name} has a decorator that cannot be compiled`);
  }
  return (value, owner) => {
    for (const applies of conditions) {
      if (!applies(value, owner)) {
        return true;
      }
    }
    for (const meets of checks) {
      if (!meets(value, owner)) {
        return false;
      }
    }
    return true;
  };
}

function isOfType(type: string): (metadata: Metadata) => boolean {
  return (metadata) => metadata.type === type;
}

function compileCondition(metadata: Metadata): PropertyCheck {
  const applies = metadata.constraints[0] as (owner: object, value: unknown) => boolean;
  return (value, owner) => applies(owner, value);
}

function compileConstraints(metadata: Metadata): PropertyCheck[] {
  if (metadata.validateIf !== undefined || (metadata.groups?.length ?? 0) > 0) {
    throw new Error(`${metadata.propertyName} has a condition or a group, which cannot be compiled`);
  }
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ instance, async }) => {
      if (async) {
        throw new Error(`${metadata.propertyName} is checked asynchronously, which cannot be compiled`);
      }
      const { propertyName: property, constraints, target } = metadata;
      const targetName = typeof target === 'string' ? target : target.name;
      // One object for every call: checks are synchronous and this is most of what they would allocate.
      const given: ValidationArguments = { targetName, property, object: {}, value: undefined, constraints };
      const one: PropertyCheck = (value, owner) => {
        given.object = owner;
        given.value = value;
        return instance.validate(value, given) === true;
      };
      const each: PropertyCheck = (value, owner) =>
        Array.isArray(value) ? value.every((item) => one(item, owner)) : one(value, owner);
      return metadata.each ? each : one;
    });
}

function compileNested(target: Constructor, name: string): PropertyCheck {
  const check = compileCheck(nestedClass(target, name));
  const meets = (value: unknown) => typeof value === 'object' && value !== null && check(value);
  return (value) => value === undefined || (Array.isArray(value) ? value.every(meets) : meets(value));
}

/** The class that `@Type` names for a property, asked of the library by its public face. */
export function nestedClass(target: Constructor, name: string): Constructor {
  const [probe] = (plainToInstance(target, { [name]: [{}] }) as Record<string, object[]>)[name] ?? [];
  if (probe === undefined || probe.constructor === Object) {
    throw new Error(`${target.name}.${name} is nested and has no @Type`);
  }
  return probe.constructor as Constructor;
}
