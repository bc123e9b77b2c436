import type { Interaction } from '#libs/interaction';

/** Names that are remembered: at a thousand interactions a second, the last minute and more. */
const MOST_NAMES = 100_000;

/**
 * Gives an interaction the key of the conversation that it belongs to, as far as this process has seen it.
 *
 * A mail that names only its parent has a key of its own, and so may be decided before the parent, which was taken earlier:
 * they lie in different partitions. Remembering which key the parent went out under keeps a conversation in one
 * partition and in its order. It is a hint like every key: what is forgotten, or was taken in by another process,
 * is settled by the thread keys.
 */
export class ConversationMemory {
  readonly #keys = new Map<string, string>();

  constructor(private readonly mostNames = MOST_NAMES) {}

  /** The interaction under the key of its conversation; remembers its names and those that it refers to. */
  place(interaction: Interaction): Interaction {
    const names = namesOf(interaction);
    const known = names.map((name) => this.#keys.get(name)).find((key) => key !== undefined);
    const conversationKey = known ?? interaction.conversationKey;
    for (const name of names) {
      this.#remember(name, conversationKey);
    }
    return conversationKey === interaction.conversationKey ? interaction : { ...interaction, conversationKey };
  }

  #remember(name: string, key: string): void {
    this.#keys.delete(name);
    this.#keys.set(name, key);
    if (this.#keys.size > this.mostNames) {
      const oldest = this.#keys.keys().next();
      this.#keys.delete(oldest.value ?? name);
    }
  }
}

/** The strongest first: what it refers to, then what it is called itself. */
function namesOf({ accountId, references, threadKeys }: Interaction): string[] {
  return [...references, ...threadKeys].map(({ kind, value }) => `${accountId}\n${kind}\n${value}`);
}
