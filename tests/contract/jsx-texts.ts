// Reads components: texts that are written into them instead of the files of texts, and texts of
// people that are shown without a direction of their own. It reads no files.
import ts from "typescript";

/** Attributes that people see or hear. */
const SHOWN = new Set([
  ...["alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext"],
  ...["confirm", "hint", "label", "placeholder", "text", "title"],
]);

const LETTER = /\p{L}/u;

/** Every literal text of a component, as `line: text`. */
export function literalTextsIn(code: string): string[] {
  return found(code, (node) => {
    if (ts.isJsxText(node)) return LETTER.test(node.text) ? node.text.trim() : null;
    if (isLiteral(node) && LETTER.test(node.text) && isShown(node)) return node.text;
    return null;
  });
}

/** A string, or the part of a template before its first value. */
function isLiteral(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateHead {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
}

/** Whether the value is a child of an element, or of an attribute of `SHOWN`: `a ? "b" : "c"`. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isJsxAttribute(parent)) return SHOWN.has(parent.name.getText());
  if (ts.isJsxExpression(parent)) {
    const isChild = ts.isJsxElement(parent.parent) || ts.isJsxFragment(parent.parent);
    return isChild || isShown(parent);
  }
  if (ts.isConditionalExpression(parent)) return node !== parent.condition && isShown(parent);
  if (ts.isParenthesizedExpression(parent) || ts.isTemplateExpression(parent)) {
    return isShown(parent);
  }
  const isAlternative =
    ts.isBinaryExpression(parent) && LOGICAL.includes(parent.operatorToken.kind);
  return isAlternative && node === parent.right && isShown(parent);
}

const LOGICAL: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
];

/** Fields of the graph whose values people wrote. */
const OF_PEOPLE = new Set([
  ...["bio", "body", "description", "displayName", "headline", "location", "note"],
  ...["reason", "title", "venue"],
]);

/**
 * Every text of a person that is a child of an element without `dir="auto"`, as `line: text`. A
 * variable `title` is mostly one of our own texts.
 */
export function undirectedTextsIn(code: string): string[] {
  return found(code, (node) => {
    const isMember = ts.isPropertyAccessExpression(node) && OF_PEOPLE.has(node.name.text);
    const isVariable = ts.isIdentifier(node) && OF_PEOPLE.has(node.text) && node.text !== "title";
    const element = isMember || isVariable ? elementAround(node) : null;
    return element && !hasDirection(element) ? node.getText() : null;
  });
}

/** The element whose child this is; null when it is none. */
function elementAround(node: ts.Node): ts.JsxElement | null {
  const { parent } = node;
  if (ts.isJsxExpression(parent)) return ts.isJsxElement(parent.parent) ? parent.parent : null;
  const isPart =
    ts.isParenthesizedExpression(parent) ||
    (ts.isConditionalExpression(parent) && node !== parent.condition) ||
    (ts.isBinaryExpression(parent) && LOGICAL.includes(parent.operatorToken.kind));
  const isTested = ts.isBinaryExpression(parent) && node === parent.left && isAnd(parent);
  return isPart && !isTested ? elementAround(parent) : null;
}

const isAnd = ({ operatorToken }: ts.BinaryExpression) =>
  operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;

function hasDirection({ openingElement }: ts.JsxElement): boolean {
  const { tagName, attributes } = openingElement;
  return tagName.getText() === "bdi" || attributes.properties.some(isAutomatic);
}

function isAutomatic(attribute: ts.JsxAttributeLike): boolean {
  return ts.isJsxAttribute(attribute) && attribute.getText() === 'dir="auto"';
}

function found(code: string, verdict: (node: ts.Node) => string | null): string[] {
  const source = ts.createSourceFile("a.tsx", code, ts.ScriptTarget.Latest, true);
  const all: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = verdict(node);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    if (text !== null) all.push(`${line + 1}: ${text}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return all;
}
