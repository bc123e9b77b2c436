import { getMetadataStorage } from 'class-validator';

/** The secrets that are right: the current one, and the one before while it is changed. */
export function secretsInUse(current: string, previous: string | null): readonly string[] {
  return previous === null ? [current] : [current, previous];
}

/** Names of the checks of settings that are secrets. */
const SECRET_CHECKS: ReadonlySet<string> = new Set(['isSecret', 'isSecretOfItsScheme']);

/** The values of all settings of a connection that are secrets, however deep; each as the file has it. */
export function secretValues(settings: object): readonly string[] {
  const checks = getMetadataStorage().getTargetValidationMetadatas(settings.constructor, '', false, false);
  const secret = new Set(checks.filter(({ name = '' }) => SECRET_CHECKS.has(name)).map((one) => one.propertyName));
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) {
      return secretValues(value);
    }
    return secret.has(name) && typeof value === 'string' ? [value] : [];
  });
}
