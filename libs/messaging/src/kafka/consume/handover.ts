interface Waiting<T> {
  readonly item: T;
  readonly taken: () => void;
}

/** Passes items from a producer that can wait to one consumer that asks for them. */
export class Handover<T> {
  private readonly waiting: Waiting<T>[] = [];
  private ended = false;
  private error: Error | null = null;
  private wake = () => {};

  /** Fails when nothing is offered for `silenceLimitMs` while the consumer waits. */
  constructor(private readonly silenceLimitMs: number) {}

  /** Resolves when the item was taken and the next one is asked for, or when it is all over. */
  async offer(item: T): Promise<void> {
    if (this.ended) {
      return;
    }
    await new Promise<void>((taken) => {
      this.waiting.push({ item, taken });
      this.wake();
    });
  }

  /** No more items; those offered before are still handed out. */
  end(): void {
    this.ended = true;
    this.wake();
  }

  fail(error: Error): void {
    this.error ??= this.ended ? null : error;
    this.end();
  }

  /** The consumer has gone: nobody who offered need wait. */
  abandon(): void {
    this.end();
    this.waiting.splice(0).forEach(({ taken }) => taken());
  }

  async *items(): AsyncGenerator<T> {
    for (;;) {
      const next = this.waiting.shift();
      if (next) {
        try {
          yield next.item;
        } finally {
          next.taken();
        }
      } else if (this.error) {
        throw this.error;
      } else if (this.ended) {
        return;
      } else {
        await this.untilChange();
      }
    }
  }

  private untilChange(): Promise<void> {
    return new Promise((resolve) => {
      const late = () => this.fail(new Error('The log stopped answering while it was read'));
      const timer = Number.isFinite(this.silenceLimitMs) ? setTimeout(late, this.silenceLimitMs) : undefined;
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
