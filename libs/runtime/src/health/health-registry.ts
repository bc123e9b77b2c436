import { errorMessage } from '../errors.js';

/** What a check finds. The reason is for operators: no secret, no address of a customer. */
export type HealthFinding =
  | {
      readonly ok: true;
      /** It does its job, and an operator has something to do all the same: one sentence each. */
      readonly warnings?: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };
export type HealthCheck = () => Promise<HealthFinding>;

/** A check that failed, or what it warns of. */
export interface HealthRemark {
  readonly name: string;
  readonly reason: string;
}

/** What all checks found. Ready means without failures, whatever is warned of. */
export interface HealthFindings {
  readonly failures: readonly HealthRemark[];
  readonly warnings: readonly HealthRemark[];
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

  /** Asks all at once. */
  async examine(): Promise<HealthFindings> {
    const found = await Promise.all(
      [...this.checks].map(async ([name, check]) => ({ name, finding: await ask(check) })),
    );
    return {
      failures: found.flatMap(({ name, finding }) => (finding.ok ? [] : [{ name, reason: finding.reason }])),
      warnings: found.flatMap(({ name, finding }) =>
        finding.ok ? (finding.warnings ?? []).map((reason) => ({ name, reason })) : [],
      ),
    };
  }
}

async function ask(check: HealthCheck): Promise<HealthFinding> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<HealthFinding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, reason: `no answer within ${patienceMs / 1000} s` }), patienceMs);
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch (error) {
    return { ok: false, reason: errorMessage(error) };
  } finally {
    clearTimeout(timer);
  }
}
