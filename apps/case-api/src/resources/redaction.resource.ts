import type { CommentView } from '#libs/case-store';
import { One, OneOf, Text, Uuid } from './properties.js';
import { NamedResource } from './shared.resource.js';

export class AuthorResource {
  @OneOf(['agent', 'contact', 'automation', 'system', 'app']) kind!: string;
  @Uuid({ nullable: true }) id!: string | null;
  @Text({ nullable: true, example: 'Ana Silva' }) name!: string | null;
}

/** Who took away what was said, and why. */
export class RedactionResource {
  @One(() => AuthorResource) by!: AuthorResource;
  @One(() => NamedResource, { nullable: true, description: 'The agent for whom a client did it.' })
  on_behalf_of!: NamedResource | null;
  @Text({ example: 'It held a password.' }) reason!: string;
}

/** The mark of a redaction, wherever it stands. */
type Redacted = Pick<CommentView, 'redaction' | 'redactedByName' | 'redactedForName'>;

export function redactionOf({ redaction, redactedByName, redactedForName }: Redacted): RedactionResource | null {
  if (redaction === null) {
    return null;
  }
  const { by, on_behalf_of: agent, reason } = redaction;
  return {
    by: { kind: by.kind, id: by.id, name: redactedByName },
    on_behalf_of: agent === null ? null : { id: agent, name: redactedForName },
    reason,
  };
}
