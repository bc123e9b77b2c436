import type {
  Asker,
  AssignCommand,
  CaseWish,
  ChangeCommand,
  CreateCommand,
  LegalHoldCommand,
  LinkCommand,
  MergeCommand,
  ReopenCommand,
  ResolveCommand,
  UnlinkCommand,
  UpdateCommand,
} from '#libs/case-domain';
import { derivedEventId } from '#libs/interaction';

/** The client of the API in whose name the builders ask. */
export const CLIENT_ID = derivedEventId('a client in a test', 'reporting');

/** A client that acts by itself. */
export function anAsker(overrides: Partial<Asker> = {}): Asker {
  return { actor: { kind: 'app', id: CLIENT_ID }, onBehalfOf: null, admin: false, ...overrides };
}

/** A client that may do what is kept for administrators. */
export const ADMINISTRATOR = anAsker({ admin: true });

/** The same client, acting for an agent. */
export function onBehalfOf(agent: { readonly id: string }, overrides: Partial<Asker> = {}): Asker {
  return anAsker({ onBehalfOf: agent.id, ...overrides });
}

export function byId(value: string): { readonly by: 'id'; readonly value: string } {
  return { by: 'id', value };
}

const ASKED = { expected: null, faults: [] } as const;

/** A case for carol@example.org. */
export function aCreation(wish: CaseWish = {}, overrides: Partial<CreateCommand> = {}): CreateCommand {
  return {
    ...ASKED,
    command: 'create',
    asker: anAsker(),
    caseId: null,
    source: 'api',
    followUpOf: null,
    wish: {
      subject: 'The kettle is broken',
      requester: { form: 'email', value: 'carol@example.org', name: 'Carol' },
      ...wish,
    },
    ...overrides,
  };
}

export function anUpdate(
  caseId: string,
  wish: CaseWish,
  overrides: Partial<Omit<UpdateCommand, 'command'>> = {},
): UpdateCommand {
  return { ...ASKED, command: 'update', asker: anAsker(), target: byId(caseId), wish, ...overrides };
}

/** `auto`: by the group's strategy. */
export function anAssignment(
  caseId: string,
  assigneeId: string,
  overrides: Partial<Omit<AssignCommand, 'command'>> = {},
): AssignCommand {
  const assignee = assigneeId === 'auto' ? 'auto' : byId(assigneeId);
  return { ...ASKED, command: 'assign', asker: anAsker(), target: byId(caseId), assignee, group: null, ...overrides };
}

export function aResolution(caseId: string, overrides: Partial<Omit<ResolveCommand, 'command'>> = {}): ResolveCommand {
  return {
    ...ASKED,
    command: 'resolve',
    asker: anAsker(),
    target: byId(caseId),
    resolution: 'Sent a new kettle.',
    status: null,
    customFields: {},
    ...overrides,
  };
}

export function aReopening(caseId: string, overrides: Partial<Omit<ReopenCommand, 'command'>> = {}): ReopenCommand {
  return {
    ...ASKED,
    command: 'reopen',
    asker: anAsker(),
    target: byId(caseId),
    status: null,
    assignee: null,
    ...overrides,
  };
}

export function aLegalHold(
  caseId: string,
  overrides: Partial<Omit<LegalHoldCommand, 'command'>> = {},
): LegalHoldCommand {
  return {
    ...ASKED,
    command: 'legal_hold',
    asker: ADMINISTRATOR,
    target: byId(caseId),
    on: true,
    reason: 'A dispute.',
    ...overrides,
  };
}

/** The sources end in the main case; whoever asks for them. */
export function aMerge(
  mainId: string,
  sourceIds: readonly string[],
  overrides: Partial<Omit<MergeCommand, 'command'>> = {},
): MergeCommand {
  return {
    ...ASKED,
    command: 'merge',
    asker: anAsker(),
    target: byId(mainId),
    sources: sourceIds.map(byId),
    confirmCrossRequester: false,
    addParticipants: false,
    ...overrides,
  };
}

/** The two are related; whoever asks for it. */
export function aLinking(
  caseId: string,
  otherId: string,
  overrides: Partial<Omit<LinkCommand, 'command'>> = {},
): LinkCommand {
  return { ...ASKED, command: 'link', asker: anAsker(), target: byId(caseId), other: byId(otherId), ...overrides };
}

/** The link goes that ties the case and the other one. */
export function anUnlinking(
  caseId: string,
  { id, ends }: { readonly id: string; readonly ends: readonly string[] },
  overrides: Partial<Omit<UnlinkCommand, 'command'>> = {},
): UnlinkCommand {
  const named = { linkId: id, ends: ends.map(byId) };
  return { ...ASKED, command: 'unlink', asker: anAsker(), target: byId(caseId), ...named, ...overrides };
}

/** A command that says nothing but its name and its case. */
export function aBareCommand<Name extends 'unassign' | 'delete' | 'restore' | 'purge'>(
  command: Name,
  caseId: string,
  asker: Asker = anAsker(),
): Extract<ChangeCommand, { readonly command: Name | 'delete' }> {
  const bare = { ...ASKED, command, asker, target: byId(caseId) };
  return bare as unknown as Extract<ChangeCommand, { readonly command: Name | 'delete' }>;
}
