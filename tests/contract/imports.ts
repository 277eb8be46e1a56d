// Reads the imports of a TypeScript file, static, dynamic and re-exports, and whether each is of
// types alone.
import ts from "typescript";
import type { Import } from "./rooms.ts";

/** Every import in `text`; `from` is the file's path relative to the project. */
export function importsOf(from: string, text: string): Import[] {
  const source = ts.createSourceFile(from, text, ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const read = importIn(node);
    if (read) found.push({ from, ...read });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importIn(node: ts.Node): Omit<Import, "from"> | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const { importClause } = node;
    return { specifier: node.moduleSpecifier.text, isType: isTypeClause(importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const { text } = node.moduleSpecifier as ts.StringLiteral;
    return { specifier: text, isType: node.isTypeOnly || areTypes(node.exportClause) };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: (node.argument.literal as ts.StringLiteral).text, isType: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument))
      return { specifier: argument.text, isType: false };
  }
  return null;
}

function isTypeClause(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return !clause.name && areTypes(clause.namedBindings);
}

/** True for a list whose every name is marked `type`. */
function areTypes(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean {
  if (!bindings || !("elements" in bindings) || bindings.elements.length === 0) return false;
  return [...bindings.elements].every((element) => element.isTypeOnly);
}
