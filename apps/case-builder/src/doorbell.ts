import { pause } from '#libs/runtime';
import type { PoolClient } from 'pg';

/** The wake-up of a commit: it shortens a wait, and no work depends on it. A ring between two waits is not lost. */
export class Doorbell {
  private rang = false;
  private wake: () => void = () => undefined;

  /** `channel`: of NOTIFY. */
  constructor(
    private readonly client: PoolClient,
    private readonly channel: string,
  ) {}

  async listen(): Promise<void> {
    this.client.on('notification', () => {
      this.rang = true;
      this.wake();
    });
    await this.client.query(`listen ${this.channel}`);
  }

  /** Resolves when it has rung, at the latest after so many milliseconds. */
  async rung(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.rang) {
      const woken = new AbortController();
      this.wake = () => woken.abort();
      await pause(milliseconds, signal, woken.signal);
    }
    this.rang = false;
  }
}
