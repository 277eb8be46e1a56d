// The GraphQL that a TypeScript file holds: its strings and templates that parse as documents of
// operations or fragments. It does not run the file.
import { type DocumentNode, parse } from "graphql";
import ts from "typescript";

/** The texts that may fill a hole of unknown content. They are tried in this order. */
const FILLINGS = ["", "__typename", "id", "String", "a"];

/**
 * The documents in a file. A hole, `${…}`, is filled with the string of that name in the same file,
 * else with nothing or a name, whichever makes the whole parse.
 */
export function documentsIn(path: string, text: string): DocumentNode[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const strings = new Map<string, ts.TemplateLiteral | ts.StringLiteral>();
  const found: (ts.TemplateLiteral | ts.StringLiteral)[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node)) found.push(node);
    if (ts.isVariableDeclaration(node) && node.initializer && isText(node.initializer)) {
      strings.set(node.name.getText(), node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.flatMap((node) => {
    // Without a brace a text is none of GraphQL, and most texts have none.
    if (!node.getText().includes("{")) return [];
    for (const filling of FILLINGS) {
      const document = parsed(filled(node, strings, filling));
      if (document) return [document];
    }
    return [];
  });
}

function isText(node: ts.Node): node is ts.TemplateLiteral | ts.StringLiteral {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function filled(
  node: ts.TemplateLiteral | ts.StringLiteral,
  strings: ReadonlyMap<string, ts.TemplateLiteral | ts.StringLiteral>,
  filling: string,
): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.templateSpans.reduce((text, { expression, literal }) => {
    const name = expression.getText();
    const known = strings.get(name);
    const others = new Map([...strings].filter(([each]) => each !== name));
    const filler = known ? filled(known, others, filling) : filling;
    return `${text}${filler}${literal.text}`;
  }, node.head.text);
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return null;
  }
}
