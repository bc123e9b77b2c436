import { errorMessage } from '../errors.js';

/** What a check finds. The reason is for operators: no secret, no address of a customer. */
export type HealthFinding = { readonly ok: true } | { readonly ok: false; readonly reason: string };
export type HealthCheck = () => Promise<HealthFinding>;

/** A check that failed. */
export interface HealthFailure {
  readonly name: string;
  readonly reason: string;
}

/** A check that does not answer is a failure too. */
const patienceMs = 5_000;

/** What has to work before this process can do its job. Parts register themselves when they start. */
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();

  /** A later registration under the same name replaces the earlier one. */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** Asks all at once; empty means ready. */
  async failures(): Promise<HealthFailure[]> {
    const found = await Promise.all([...this.checks].map(([name, check]) => ask(name, check)));
    return found.filter((failure) => failure !== null);
  }
}

async function ask(name: string, check: HealthCheck): Promise<HealthFailure | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<HealthFinding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: `no answer within ${patienceMs / 1000} s` }), patienceMs);
  });
  try {
    const finding = await Promise.race([check(), timeout]);
    return finding.ok ? null : { name, reason: finding.reason };
  } catch (error) {
    return { name, reason: errorMessage(error) };
  } finally {
    clearTimeout(timer);
  }
}
