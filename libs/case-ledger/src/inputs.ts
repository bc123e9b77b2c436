import type {
  CaseCommand,
  CommandVerdict,
  ContactCommand,
  ContactDone,
  ContactRefusal,
  Due,
  Fact,
  FoldKind,
  Refusal,
  SuspensionWord,
} from '#libs/case-domain';
import type { CallBarEvent, ContactFact, Interaction } from '#libs/interaction';
import type { MeasuredCase } from './write/measure-cases.js';

/** An interaction as a topic holds it. */
export interface InteractionInput {
  readonly kind: 'interaction';
  readonly interaction: Interaction;
  /** The value of its record: JSON text, UTF-8. */
  readonly payload: Buffer;
}

/** A fact about an interaction that is told piece by piece. */
export interface FactInput {
  readonly kind: 'fact';
  readonly fold: FoldKind;
  readonly fact: Fact;
  /** UUID of the request by which a person has it told again, whether it is known or not; such a request counts once. */
  readonly replayId?: string;
}

/** What a person says about an interaction that waits. */
export interface VerdictInput {
  readonly kind: 'verdict';
  readonly interactionId: string;
  readonly word: SuspensionWord;
}

/** Something that is due by time, or what a release of an earlier version left to be settled. */
export type DueInput =
  | ({ readonly kind: 'due' } & Due)
  | { readonly kind: 'due'; readonly due: 'released'; readonly interactionId: string }
  | InteractionDueInput;

/** Time has come for an interaction that is told piece by piece: it goes on without what was not told. */
export interface InteractionDueInput {
  readonly kind: 'due';
  readonly due: 'interaction';
  readonly fold: FoldKind;
  readonly interactionId: string;
}

/** What somebody asks to be done with a case. */
export interface CommandInput {
  readonly kind: 'command';
  readonly command: CaseCommand;
}

/** What an agent pressed in the call bar; or, without an event, that something became of a call of which agents said something. */
export interface CallBarInput {
  readonly kind: 'callbar';
  /** The call; null: it is about none. */
  readonly callId: string | null;
  readonly event: CallBarEvent | null;
}

/** A fact about a contact, as a topic holds it. */
export interface ContactInput {
  readonly kind: 'contact';
  readonly fact: ContactFact;
}

/** What somebody asks to be done with contacts. */
export interface ContactCommandInput {
  readonly kind: 'contact_command';
  readonly command: ContactCommand;
}

/** What a command came to. A refused one wrote nothing. */
export type CommandAnswer = CommandVerdict | Refusal;

/** What a command about contacts came to. A refused one wrote nothing. */
export type ContactAnswer = ContactDone | ContactRefusal;

/** Everything that may change a case, a contact or an interaction. */
export type Input =
  | InteractionInput
  | FactInput
  | VerdictInput
  | DueInput
  | CommandInput
  | CallBarInput
  | ContactInput
  | ContactCommandInput;

export const INPUT_KINDS = [
  'interaction',
  'fact',
  'verdict',
  'due',
  'command',
  'callbar',
  'contact',
  'contact_command',
] as const satisfies readonly Input['kind'][];

/** The inputs of one account, in the order in which they count. */
export interface Work {
  readonly accountId: string;
  readonly inputs: readonly Input[];
}

/** How an input ended that changes nothing. */
export type IdleEnding =
  /** It was settled before. */
  | 'duplicate'
  /** It is folded in together with an earlier one of the same inputs. */
  | 'folded'
  /** Its interaction was erased or redacted: nothing is merged into that any more. */
  | 'erased'
  /** Another event had the id before. */
  | 'event-id-reused'
  /** Nothing of this id waits for a person, or somebody has decided about it. */
  | 'not_waiting'
  | 'not_due';

/** What settling the inputs of an account came to: one ending for each input, in their order. */
export type Settlement =
  | {
      readonly accountId: string;
      readonly known: true;
      readonly endings: readonly string[];
      /** What commands came to, by the place of the input. */
      readonly answers: ReadonlyMap<number, CommandAnswer>;
      /** What commands about contacts came to, likewise. */
      readonly contacts: ReadonlyMap<number, ContactAnswer>;
      /** Cases of whose measures some became final: they count once this is committed. */
      readonly measured: readonly MeasuredCase[];
    }
  /** No such account is set up; nothing was done. */
  | { readonly accountId: string; readonly known: false };
