/** Names of settings that hold secrets, such as `authToken`, `previousSecret`, `password`. */
const SECRET_SETTING = /(?:secret|token|password|passphrase)$/i;

/** Every secret that a configuration holds: values of settings whose names say so, however deep, and keys of API clients. */
export function secretsIn(configuration: object): string[] {
  const keys = 'apiKeys' in configuration && Array.isArray(configuration.apiKeys) ? configuration.apiKeys : [];
  const found = [...secretsBelow(configuration), ...keys.map((client: { key?: unknown }) => client.key)];
  return [...new Set(found.filter((value): value is string => typeof value === 'string' && value !== ''))];
}

function secretsBelow(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    return typeof inner === 'string' && SECRET_SETTING.test(name) ? [inner] : secretsBelow(inner);
  });
}
