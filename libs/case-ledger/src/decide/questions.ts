import {
  type CallBarMatter,
  type CaseCommand,
  type ContactCommand,
  type Due,
  type DecidedInteraction,
  type FoldedInteraction,
  mayRevise,
  type SuspensionWord,
} from '#libs/case-domain';
import type { StoredInteraction } from '#libs/case-store';
import type { ContactFact, Interaction } from '#libs/interaction';

/** An interaction about which something has to be decided. */
export interface InteractionQuestion {
  readonly kind: 'interaction';
  readonly interaction: Interaction;
  /** JSON text of the interaction, as its row keeps it. */
  readonly payload: Buffer | string;
  /** Every endpoint that it came through so far; null: those of its row. */
  readonly endpoints: readonly string[] | null;
  /** Its row as it was found; null while it has none. */
  readonly stored: StoredInteraction | null;
  /** A person let it go on: `null` when that was said before. */
  readonly released: { readonly word: SuspensionWord | null } | null;
}

/** An interaction that a person puts aside. */
export interface RejectionQuestion {
  readonly kind: 'rejection';
  readonly interaction: Interaction;
  readonly stored: StoredInteraction;
  readonly word: SuspensionWord;
}

export interface CommandQuestion {
  readonly kind: 'command';
  readonly command: CaseCommand;
}

/** Everything that agents pressed about one call. */
export interface CallBarQuestion {
  readonly kind: 'callbar';
  readonly matter: CallBarMatter;
  /** The call's row as it was found. */
  readonly stored: StoredInteraction | null;
}

/** A fact about a contact that was not decided before. */
export interface ContactQuestion {
  readonly kind: 'contact';
  readonly fact: ContactFact;
}

export interface ContactCommandQuestion {
  readonly kind: 'contact_command';
  readonly command: ContactCommand;
}

export interface DueQuestion {
  readonly kind: 'due';
  readonly due: Due;
}

/** An interaction of which further facts are known. */
export interface FoldQuestion {
  readonly kind: 'fold';
  readonly folded: FoldedInteraction;
  /** Its row as it was found; null while it has none. */
  readonly stored: StoredInteraction | null;
  /** The interaction of that row. */
  readonly before: Interaction | null;
  /** What is folded in here for the first time. */
  readonly factIds: readonly string[];
}

/** A message that came another way before, and what that one lacks. */
export interface CompletionQuestion {
  readonly kind: 'completion';
  readonly first: StoredInteraction;
  readonly before: Interaction;
  readonly double: StoredInteraction;
  readonly doubled: Interaction;
}

/** What an input asks of the rules, with the rows that it is about. */
export type Question =
  | InteractionQuestion
  | FoldQuestion
  | CompletionQuestion
  | RejectionQuestion
  | DueQuestion
  | CommandQuestion
  | CallBarQuestion
  | ContactQuestion
  | ContactCommandQuestion;

/** What the row of a folded interaction says; null while it has none. */
export function decidedIn({ stored, before }: FoldQuestion): DecidedInteraction | null {
  return stored === null || before === null
    ? null
    : { outcome: stored.outcome, caseId: stored.caseId, interaction: before };
}

/** The interactions that are decided about, what is due, and what somebody asks for. */
export interface Asked {
  readonly interactions: readonly Interaction[];
  readonly dues: readonly Due[];
  readonly commands: readonly CaseCommand[];
  /** Cases that calls are in of which further facts are known. */
  readonly caseIds: readonly string[];
  readonly matters: readonly CallBarMatter[];
  readonly contactFacts: readonly ContactFact[];
  readonly contactCommands: readonly ContactCommand[];
}

export function askedAbout(questions: Iterable<Question>): Asked {
  const interactions: Interaction[] = [];
  const dues: Due[] = [];
  const commands: CaseCommand[] = [];
  const caseIds: string[] = [];
  const matters: CallBarMatter[] = [];
  const contactFacts: ContactFact[] = [];
  const contactCommands: ContactCommand[] = [];
  for (const question of questions) {
    if (question.kind === 'interaction') {
      interactions.push(question.interaction);
    } else if (question.kind === 'due') {
      dues.push(question.due);
    } else if (question.kind === 'command') {
      commands.push(question.command);
    } else if (question.kind === 'contact') {
      contactFacts.push(question.fact);
    } else if (question.kind === 'contact_command') {
      contactCommands.push(question.command);
    } else if (question.kind === 'callbar') {
      const { call } = question.matter;
      matters.push(question.matter);
      interactions.push(...(call === null ? [] : [call.interaction]));
      caseIds.push(...(call?.caseId ? [call.caseId] : []));
    } else if (question.kind === 'completion') {
      interactions.push(question.before);
      caseIds.push(...caseOf(question.first));
    } else if (question.kind === 'fold' && mayRevise(decidedIn(question), question.folded)) {
      interactions.push(question.folded.interaction);
      caseIds.push(...caseOf(question.stored));
    }
  }
  return { interactions, dues, commands, matters, caseIds, contactFacts, contactCommands };
}

function caseOf(stored: StoredInteraction | null): string[] {
  return stored?.caseId ? [stored.caseId] : [];
}
