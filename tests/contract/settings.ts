// Finds the environment variables that sources read: the shapes for readConfig, plain reads of an
// environment, and families such as DATABASE_URL_<SUBGRAPH>. It runs none of the sources.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { subgraphNames } from "#kit/service/sdl";
import { projectFile } from "./project.ts";
import { fileOf, programOf } from "./reachable.ts";

/** The name of each variable. Required: without a default, and not optional. */
type Settings = Map<string, { isRequired: boolean }>;

const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
const FAMILY = /^[A-Z]+(?:_[A-Z]+)*_$/;

/** The variables that the file at `path` reads. Imported shapes are followed. */
export function settingsIn(path: string, text = readFileSync(projectFile(path), "utf8")): Settings {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Settings = new Map();
  const visit = (node: ts.Node): void => {
    for (const [name, isRequired] of settingsAt(source, node)) {
      found.set(name, { isRequired: isRequired || found.get(name)?.isRequired === true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** All settings that a program's files read. Required if any file requires it. */
export function settingsOfProgram(entry: string): Settings {
  const all: Settings = new Map();
  for (const path of programOf(entry).files) {
    if (path.includes("/generated/")) continue;
    for (const [name, { isRequired }] of settingsIn(path)) {
      all.set(name, { isRequired: isRequired || all.get(name)?.isRequired === true });
    }
  }
  return all;
}

type Found = readonly [name: string, isRequired: boolean];

function settingsAt(source: ts.SourceFile, node: ts.Node): Found[] {
  if (ts.isStringLiteral(node) && FAMILY.test(node.text)) return membersOf(node.text);
  if (ts.isCallExpression(node)) {
    const [argument] = node.arguments;
    const callee = node.expression.getText();
    if (callee === "readConfig" && argument) return shapeOf(source, argument);
    if (callee === "variableOf" && argument && ts.isStringLiteral(argument)) {
      return membersOf(`${argument.text}_`);
    }
  }
  return readsAt(node).map((name) => [name, false]);
}

function membersOf(family: string): Found[] {
  const members = subgraphNames().map((name) => name.toUpperCase().replaceAll("-", "_"));
  return members.map((member) => [family + member, false]);
}

/**
 * The properties of an object literal, of what is spread into it, or of the constant that holds it.
 */
function shapeOf(source: ts.SourceFile, shape: ts.Expression): Found[] {
  if (ts.isIdentifier(shape)) {
    const [home, literal] = constantOf(source, shape.text);
    return literal ? shapeOf(home, literal) : [];
  }
  if (!ts.isObjectLiteralExpression(shape)) return [];
  return shape.properties.flatMap((property): Found[] => {
    if (ts.isSpreadAssignment(property)) return shapeOf(source, property.expression);
    if (!ts.isPropertyAssignment(property)) return [];
    const isOptional = /\.(?:default|optional)\(/.test(property.initializer.getText());
    return [[property.name.getText(), !isOptional]];
  });
}

/** The object literal that a constant of this file, or an imported one, is set to. */
function constantOf(
  source: ts.SourceFile,
  name: string,
): [ts.SourceFile, ts.ObjectLiteralExpression | undefined] {
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      const { declarations } = statement.declarationList;
      const value = declarations.find((each) => each.name.getText() === name)?.initializer;
      if (value && ts.isObjectLiteralExpression(value)) return [source, value];
    }
    if (ts.isImportDeclaration(statement) && isImporting(statement, name)) {
      const { text: specifier } = statement.moduleSpecifier as ts.StringLiteral;
      const path = fileOf(source.fileName, specifier);
      if (path) return constantOf(parsed(path), name);
    }
  }
  return [source, undefined];
}

function isImporting(statement: ts.ImportDeclaration, name: string): boolean {
  const bindings = statement.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.some((element) => element.name.text === name);
}

function parsed(path: string): ts.SourceFile {
  const text = readFileSync(projectFile(path), "utf8");
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/**
 * `env.NAME`, `env["NAME"]` and `const { NAME } = env`, where env is whatever ends in that word.
 */
function readsAt(node: ts.Node): string[] {
  const names = namesReadAt(node);
  return names.filter((name) => VARIABLE.test(name));
}

function namesReadAt(node: ts.Node): string[] {
  if (ts.isPropertyAccessExpression(node) && isEnvironment(node.expression)) {
    return isWritten(node) ? [] : [node.name.text];
  }
  if (ts.isElementAccessExpression(node) && isEnvironment(node.expression)) {
    const { argumentExpression: key } = node;
    return ts.isStringLiteral(key) && !isWritten(node) ? [key.text] : [];
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    if (!node.initializer || !isEnvironment(node.initializer)) return [];
    return node.name.elements.map((element) => (element.propertyName ?? element.name).getText());
  }
  return [];
}

function isEnvironment(expression: ts.Expression): boolean {
  return /(?:^|\.)env(?:ironment)?$/.test(expression.getText());
}

function isWritten(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}
