import ts from 'typescript';

export interface Expression {
  readonly source: string;
  readonly flags: string;
  /** As it stands in the file; what a template takes in counts as one letter. */
  readonly text: string;
}

/** The regular expressions of a file: literals, and what `RegExp` is given; its source is null where that cannot be read. */
export function expressionsIn(content: string): readonly (Expression | { readonly source: null; text: string })[] {
  const file = ts.createSourceFile('file.ts', content, ts.ScriptTarget.Latest, true);
  const found: (Expression | { readonly source: null; text: string })[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), text: node.text });
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
      const [source, flags] = node.arguments ?? [];
      const isFlag = flags !== undefined && ts.isStringLiteralLike(flags);
      found.push({ source: sourceOf(source), flags: isFlag ? flags.text : '', text: node.getText() });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function sourceOf(node: ts.Expression | undefined): string | null {
  if (node !== undefined && ts.isStringLiteralLike(node)) {
    return node.text;
  }
  const isRaw = node !== undefined && ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw';
  const template = isRaw ? node.template : node;
  if (template === undefined || !ts.isTemplateExpression(template)) {
    return null;
  }
  const textOf = ({ text, rawText = text }: ts.TemplateLiteralLikeNode) => (isRaw ? rawText : text);
  return [textOf(template.head), ...template.templateSpans.map(({ literal }) => `x${textOf(literal)}`)].join('');
}
