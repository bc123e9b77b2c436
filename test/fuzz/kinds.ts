/** Fields whose names do not say what they name. */
const CALLED: Readonly<Record<string, string>> = {
  problem: 'case',
  parent: 'case',
  source: 'case',
  follow_up_of: 'case',
  root_case: 'case',
  merged_into: 'case',
  named_case: 'case',
  case_ids: 'case',
  linked_case: 'case',
  assignee: 'agent',
  mention: 'agent',
  allowed_agents: 'agent',
  replacement: 'status',
  requester: 'contact',
  into: 'contact',
  merged_from: 'merged_contact',
  contact_identity: 'identity',
  external: 'external id',
  origin_interaction: 'interaction',
  suspended: 'suspension',
  quarantine: 'suspension',
  upload: 'attachment',
  email: 'email',
  sha256: 'sha256',
};

/**
 * What kind of thing a field, a parameter or a collection names, in the singular; null when it names nothing: `case` for
 * `problem_id`, `source_ids` and `/v1/cases/{id}`.
 */
export function kindOf(name: string): string | null {
  const own = CALLED[name];
  if (own !== undefined) {
    return own;
  }
  const stem = /^(.+)_ids?$/.exec(name)?.[1];
  return stem === undefined ? null : (CALLED[stem] ?? stem);
}

/** Of the things behind a segment of a path. */
export function kindOfCollection(segment: string): string {
  const singular = segment
    .replaceAll('-', '_')
    .replace(/ies$/, 'y')
    .replace(/(status|mailbox)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  return CALLED[singular] ?? singular;
}

/** Of what a schema of the document is about: `CaseDetailResource` is a case. */
export function kindOfSchema(name: string): string {
  const stem = name.replace(/Resource$/, '').replace(/(Detail|WithKey|Mention|List)$/, '');
  const snake = stem.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return CALLED[snake] ?? snake.replace(/^related_/, '');
}
