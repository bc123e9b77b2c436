/** Events of one agent within the window; more are told to come back. */
const MOST = 20;
const WINDOW_MS = 10_000;

/** How often agents press, counted by each process for itself. */
export class AgentPace {
  private readonly pressed = new Map<string, number[]>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Counts one press. Seconds until the next is taken where there were too many; null when it is taken. */
  press(agent: string): number | null {
    const now = this.now();
    const recent = (this.pressed.get(agent) ?? []).filter((at) => at > now - WINDOW_MS);
    const [oldest] = recent;
    if (recent.length >= MOST && oldest !== undefined) {
      this.pressed.set(agent, recent);
      return Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1000));
    }
    this.forgetIdle(now);
    this.pressed.set(agent, [...recent, now]);
    return null;
  }

  /** Whoever has pressed nothing for a while takes no room. */
  private forgetIdle(now: number): void {
    if (this.pressed.size >= 1000) {
      for (const [agent, times] of this.pressed) {
        if ((times.at(-1) ?? 0) <= now - WINDOW_MS) {
          this.pressed.delete(agent);
        }
      }
    }
  }
}
