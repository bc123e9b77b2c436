const HOUR_MS = 60 * 60 * 1000;

/**
 * What requests that were not taken may cost: beyond so many of a connection in an hour, nothing but a step of a counter.
 * The database says for all processes together when a connection has had its share.
 */
export class HourlyAllowance {
  private hour = 0;
  /** By connection. Only requests to connections are noted, and those are in the configuration. */
  private readonly taken = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** Takes one; false when there is none left in this hour. */
  take(connection: string, now: number): boolean {
    this.beginHour(now);
    const taken = this.taken.get(connection) ?? 0;
    if (taken >= this.most) {
      return false;
    }
    this.taken.set(connection, taken + 1);
    return true;
  }

  /** All of it is gone. */
  exhaust(connection: string, now: number): void {
    this.beginHour(now);
    this.taken.set(connection, this.most);
  }

  private beginHour(now: number): void {
    const hour = Math.floor(now / HOUR_MS);
    if (hour !== this.hour) {
      this.hour = hour;
      this.taken.clear();
    }
  }
}
