import type { Pool } from 'pg';
import { issueCaseToken } from '#libs/interaction';
import { defaultAccountId } from '#libs/runtime';
import { TOKEN_SECRET } from './acme.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TOKEN = /cw[a-z2-7]{42}/g;

/**
 * Stable names instead of ids, in any text. Where the plan or the declaration knows what an id is about, that is its
 * name, whatever order things happen in: the interaction of the 17th planned mail is `interaction-17`, the case that it
 * opened `case-17`, a contact is called by its address. Any other id is numbered when it first appears.
 * Two ids never have one name.
 */
export class Names {
  private readonly names = new Map<string, string>();
  private readonly bearers = new Map<string, number>();
  private unknown = 0;

  constructor(private readonly pool: Pool) {}

  /** The first name that an id is given stays. */
  introduce(id: string, name: string): void {
    if (!this.names.has(id)) {
      const bearers = (this.bearers.get(name) ?? 0) + 1;
      this.bearers.set(name, bearers);
      this.names.set(id, bearers === 1 ? name : `${name}~${bearers}`);
    }
  }

  /** What the account was declared with. */
  async learnDeclared(): Promise<void> {
    this.introduce(defaultAccountId, 'account');
    await this.learnBy(`
      select id, 'group-' || name as name from agent_group
      union all select id, 'agent-' || email from agent
      union all select id, 'endpoint-' || address from channel_endpoint
      union all select id, 'status-' || key from case_status
      order by name`);
  }

  /** Looks up what the unknown ids in the texts are about. */
  async learn(texts: readonly string[]): Promise<void> {
    const found = new Set(texts.flatMap((text) => text.match(UUID) ?? []));
    const unknown = [...found].filter((id) => !this.names.has(id));
    if (unknown.length === 0) {
      return;
    }
    const { rows } = await this.pool.query<{ id: string; origin: string | null }>(
      'select id, origin_interaction_id as origin from cases where id = any ($1) order by number',
      [unknown],
    );
    for (const { id, origin } of rows) {
      this.introduce(id, (this.names.get(origin ?? '') ?? 'interaction-0').replace('interaction', 'case'));
      this.names.set(issueCaseToken(defaultAccountId, id, TOKEN_SECRET), `cw-${this.names.get(id)}`);
    }
    await this.learnBy(
      `select contact_id as id, 'contact-' || min(value) as name from contact_identity
       where contact_id = any ($1) group by contact_id order by name`,
      [unknown],
    );
  }

  /** The text with names for ids; what nobody knows is numbered. */
  rename(text: string): string {
    return text
      .replace(UUID, (id) => {
        if (!this.names.has(id)) {
          this.introduce(id, `id-${(this.unknown += 1)}`);
        }
        return this.names.get(id) ?? id;
      })
      .replace(TOKEN, (token) => this.names.get(token) ?? token);
  }

  private async learnBy(text: string, values: unknown[] = []): Promise<void> {
    const { rows } = await this.pool.query<{ id: string; name: string }>(text, values);
    rows.forEach(({ id, name }) => this.introduce(id, name));
  }
}
