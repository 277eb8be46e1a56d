// Rules of naming: the case of each kind of name, isX and hasX for booleans, At (or another word of
// time) at the end of instants.
import type { DocumentNode, InputValueDefinitionNode } from "graphql";
import {
  type Element,
  type ElementKind,
  elementsOf,
  type Finding,
  fieldsOf,
  finder,
  inputsOf,
  isListType,
  namedTypeOf,
} from "./walk.ts";

const PASCAL = { pattern: /^[A-Z][A-Za-z0-9]*$/, words: "PascalCase" };
const CAMEL = { pattern: /^[a-z][A-Za-z0-9]*$/, words: "camelCase" };
const UPPER = { pattern: /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/, words: "UPPER_CASE" };

const CASES: Readonly<Record<ElementKind, typeof PASCAL>> = {
  type: PASCAL,
  field: CAMEL,
  argument: CAMEL,
  "input field": CAMEL,
  "enum value": UPPER,
  directive: CAMEL,
  "directive argument": CAMEL,
};

/** Ends of names of instants: At for facts, the others for limits of a search or a period. */
const TIME_ENDS = /(?:At|After|Before|From|Since|Until)$/;

export function names(document: DocumentNode): Finding[] {
  const values = [...fieldsOf(document), ...inputsOf(document)];
  return [...cases(document), ...booleans(values), ...times(values)];
}

const reportCase = finder("name-case");
const reportBoolean = finder("boolean-name");
const reportTime = finder("time-name");

function cases(document: DocumentNode): Finding[] {
  return elementsOf(document)
    .filter(({ kind, name }) => !CASES[kind].pattern.test(name))
    .map(({ kind, node, coordinate }) =>
      reportCase(node, coordinate, `the name of this ${kind} must be ${CASES[kind].words}`),
    );
}

type Value = Element<{ readonly type: InputValueDefinitionNode["type"] } & Element["node"]>;

function booleans(values: readonly Value[]): Finding[] {
  return values
    .filter(({ node }) => namedTypeOf(node.type) === "Boolean" && !isListType(node.type))
    .filter(({ name }) => !/^(?:is|has)[A-Z]/.test(name))
    .map(({ node, coordinate }) =>
      reportBoolean(node, coordinate, "a boolean is named isX or hasX"),
    );
}

function times(values: readonly Value[]): Finding[] {
  return values
    .filter(({ node }) => namedTypeOf(node.type) === "DateTime" && !isListType(node.type))
    .filter(({ name }) => !TIME_ENDS.test(name))
    .map(({ node, coordinate }) =>
      reportTime(
        node,
        coordinate,
        "an instant is named xAt (in filters and spans also xAfter, xBefore, xFrom, xSince, xUntil)",
      ),
    );
}
