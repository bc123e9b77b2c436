/** The configured prefix is put on and taken off here and nowhere else. */
export interface PrefixedNames {
  /** Name in Kafka of a topic or a group of ours. */
  readonly inKafka: (name: string) => string;
  /** Our name of a topic in Kafka. */
  readonly ours: (name: string) => string;
}

export function prefixedNames(prefix = ''): PrefixedNames {
  return {
    inKafka: (name) => `${prefix}${name}`,
    ours: (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : name),
  };
}
