import { changesData, type FieldChange, type Refusal } from '#libs/case-domain';
import { listChangedFields, type Queryable } from '#libs/case-store';
import { ProblemException, unprocessable } from '../../http/problem.js';

/** The problem that a refused command ends in. */
export function problemOfRefusal(refusal: Refusal, members: Readonly<Record<string, unknown>> = {}): ProblemException {
  const { code, detail, faults } = refusal;
  if (code === 'validation-failed') {
    return unprocessable(faults);
  }
  return new ProblemException({ code, detail, ...(faults.length === 0 ? {} : { errors: faults }), members });
}

/** Events that change no field, by what they are called beside the names of fields. */
const BESIDE_FIELDS: Readonly<Record<string, string>> = {
  comment_added: 'comments',
  comment_edited: 'comments',
  comment_redacted: 'comments',
  attachment_added: 'attachments',
  interaction_attached: 'interactions',
  interaction_detached: 'interactions',
  interaction_redacted: 'interactions',
  legal_hold_changed: 'legal_hold',
  link_added: 'links',
  link_removed: 'links',
};
/** Every change moves them. */
const SILENT: ReadonlySet<string> = new Set(['version', 'updated_at', 'comment_count', 'interaction_count']);

/** What a stale request has not seen: public names of what changed since the version that it named. */
export async function changedSince(
  client: Queryable,
  { accountId, caseId }: { readonly accountId: string; readonly caseId: string },
  version: number,
): Promise<string[]> {
  const { fields, kinds } = await listChangedFields(client, accountId, caseId, version);
  const changes = fields.map((field) => ({ field, from: null, to: null }) as FieldChange);
  const status = fields.includes('closedAt') ? ['status'] : [];
  const names = [...status, ...changesData(changes).map(({ field }) => field)];
  const beside = kinds.flatMap((kind) => BESIDE_FIELDS[kind] ?? []);
  return [...new Set([...names, ...beside])].filter((name) => !SILENT.has(name)).sort();
}
