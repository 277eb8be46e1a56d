// Finds forbidden uses that need no import: a resolver that queries or publishes through its
// context, a rule that awaits, reads the clock or uses randomness. It reads one file.
import ts from "typescript";

/** Parts of a context that only actions and loaders may use. */
const OF_CONTEXT = new Set(["database", "live", "signals", "queue", "sends", "marks"]);

/** Globals that make a rule impure. */
const IMPURE = new Set([
  ...["performance", "process", "crypto", "console", "fetch", "globalThis"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
]);

/** Every forbidden use in a file of the project, as `line: what it is`. */
export function forbiddenUses(path: string, text: string): string[] {
  if (path.endsWith("/resolvers.ts")) return usesIn(text, ofContext);
  if (/\/rules(\/[^/]+)?\.ts$/.test(path) && !path.endsWith(".test.ts")) {
    return usesIn(text, impurity);
  }
  return [];
}

function usesIn(text: string, verdict: (node: ts.Node) => string | null): string[] {
  const source = ts.createSourceFile("", text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const why = verdict(node);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (why !== null) found.push(`${line + 1}: ${why}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `context.database`, and `database` taken out of a context. */
function ofContext(node: ts.Node): string | null {
  const name = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isBindingElement(node)
      ? (node.propertyName ?? node.name).getText()
      : "";
  return OF_CONTEXT.has(name) ? `a resolver uses ${name}` : null;
}

function impurity(node: ts.Node): string | null {
  if (ts.isAwaitExpression(node)) return "a rule awaits";
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return "a rule is async";
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    if (text === "Date.now" || text === "Math.random") return `a rule uses ${text}`;
  }
  if (ts.isCallExpression(node) && node.expression.getText() === "Date") {
    return "a rule reads the clock";
  }
  if (ts.isNewExpression(node) && node.expression.getText() === "Date") {
    return node.arguments?.length ? null : "a rule reads the clock";
  }
  if (ts.isIdentifier(node) && IMPURE.has(node.text) && isValue(node)) {
    return `a rule uses ${node.text}`;
  }
  return null;
}

/** False for the name of a property, a type or a parameter. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isCallExpression(parent) || ts.isSpreadElement(parent);
}
