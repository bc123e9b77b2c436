import { declareConfiguration } from '#libs/case-store';
import { type CallFact, TOPICS } from '#libs/interaction';
import { createEmbeddedLog, type EmbeddedLog, silentLogger } from '#libs/messaging';
import { aCallFact, aCallParty, aDeclaration, aDeclaredAccount, aDeclaredLine, createApiKey } from '#libs/testing';
import { ledgerOf } from './beside-http.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { type Answer, aWorld, type World } from './world.js';

export type Shown = Record<string, unknown> & { readonly id: string };
export interface Listed {
  readonly data: readonly Shown[];
  readonly page: { readonly next_cursor: string | null };
}

/** Headers of somebody who may ask. */
type Asker = Readonly<Record<string, string>>;

/** The Case API beside a log, with people who may read deliveries or have them told again. */
export class DeliveriesApi {
  private calls = 0;

  private constructor(
    readonly world: World,
    readonly log: EmbeddedLog,
    private readonly operator: Asker,
    readonly reader: Asker,
    /** Of the other account. */
    readonly theirs: Asker,
  ) {}

  static async open(): Promise<DeliveriesApi> {
    const world = await aWorld();
    const { pool, connectionString } = world.database;
    const log = await createEmbeddedLog({ pool, connectionString, logger: silentLogger });
    await log.ensureTopics(TOPICS);
    const asker = async (accountId: string, name: string, scope: string): Promise<Asker> => ({
      authorization: `Bearer ${await createApiKey(pool, { accountId, name, scopes: [scope] })}`,
    });
    return new DeliveriesApi(
      world,
      log,
      await asker(OUR_ACCOUNT, 'operator', 'deliveries:replay'),
      await asker(OUR_ACCOUNT, 'onlooker', 'deliveries:read'),
      await asker(OTHER_ACCOUNT, 'operator', 'deliveries:replay'),
    );
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.world.close();
  }

  /** Every delivery that was noted. */
  async forget(): Promise<void> {
    await this.world.database.pool.query('truncate delivery, delivery_allowance');
  }

  get<Body = Shown>(path: string, as = this.operator): Promise<Answer<Body>> {
    return this.world.get<Body>(path, { key: null, headers: as });
  }

  replay(id: string, more: Asker = {}): Promise<Answer<Shown>> {
    const headers = { ...this.operator, ...more };
    return this.world.send<Shown>(`POST /v1/deliveries/${id}/replay`, { key: null, headers, body: {} });
  }

  async idsOf(query: string): Promise<string[]> {
    return (await this.get<Listed>(`/v1/deliveries?${query}`)).body.data.map(({ id }) => id);
  }

  /** The only line that there is from now on. */
  async declareLine(line: string): Promise<void> {
    const account = aDeclaredAccount({ id: OUR_ACCOUNT, callSettleSeconds: 0 });
    const declaration = aDeclaration({ account, endpoints: [aDeclaredLine(line)] });
    await declareConfiguration(this.world.database.pool, declaration);
    ledgerOf(this.world).directory.invalidate(OUR_ACCOUNT);
  }

  /** A missed call of its own, on this line. */
  aMissedCall(line: string, overrides: Partial<CallFact> = {}): CallFact {
    this.calls += 1;
    return aCallFact('ended', 41, {
      callId: `c-${this.calls}`,
      from: aCallParty(`+3519100${String(this.calls).padStart(5, '0')}`),
      to: aCallParty(line),
      end: { by: 'caller', reason: 'no_answer' },
      ...overrides,
    });
  }
}
