/** A value that is looked up when the request is sent: the id of something that exists then. */
export class Known {
  constructor(
    /** What kind of thing, in the singular: `case`. */
    readonly kind: string,
    /** Which of them. */
    readonly pick: number,
    /** Stands in while there is none. */
    readonly otherwise: string,
    /** Words, one of which it mostly says of itself: `resolved`. */
    readonly states: readonly string[] = [],
  ) {}
}

/** A kind whose name is no text but JSON: what a case has to have before it is resolved. */
export const VALUES_OF_REQUIRED_FIELDS = 'values of required fields';

/** Text that stands in the body as it is: what no value of JavaScript says, such as `1e400`. */
export class Verbatim {
  constructor(readonly text: string) {}
}

/** An object of which some members stand there twice, the false one first. */
export class Doubled {
  constructor(
    readonly members: Readonly<Record<string, Template>>,
    readonly again: Template,
  ) {}
}

/** A value of JSON with places that are filled when it is sent. */
export type Template =
  | string
  | number
  | boolean
  | null
  | Known
  | Verbatim
  | Doubled
  | readonly Template[]
  | { readonly [name: string]: Template };

/** Finds what a `Known` names. */
export type Find = (known: Known) => string;

/** JSON text of the template. Halves of characters are written as escapes, so that they arrive as such. */
export function textOf(template: Template, find: Find): string {
  if (template instanceof Known) {
    return template.kind === VALUES_OF_REQUIRED_FIELDS ? find(template) : JSON.stringify(find(template));
  }
  if (template instanceof Verbatim) {
    return template.text;
  }
  if (template instanceof Doubled) {
    const members = Object.entries(template.members).map(([name, value]) => member(name, value, find));
    const doubles = Object.keys(template.members).map((name) => member(name, template.again, find));
    return `{${[...doubles, ...members].join(',')}}`;
  }
  if (Array.isArray(template)) {
    return `[${(template as readonly Template[]).map((one) => textOf(one, find)).join(',')}]`;
  }
  if (typeof template === 'object' && template !== null) {
    return `{${Object.entries(template)
      .map(([name, value]) => member(name, value, find))
      .join(',')}}`;
  }
  return JSON.stringify(template);
}

function member(name: string, value: Template, find: Find): string {
  return `${JSON.stringify(name)}:${textOf(value, find)}`;
}

/** A plain object of the template, whose members can be changed. */
export function isMembers(template: Template): template is Readonly<Record<string, Template>> {
  return (
    typeof template === 'object' &&
    template !== null &&
    !Array.isArray(template) &&
    !(template instanceof Known || template instanceof Verbatim || template instanceof Doubled)
  );
}
