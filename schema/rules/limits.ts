// Rule: every input that a client can make large has `@constraint`: a maximal length or a format
// for strings, a range for numbers, a maximal number of items for lists. IDs, enums, booleans and
// instants are bounded by themselves, and paging arguments by the kit. Every string also states its
// purpose or its format, so that visible texts are checked.
import type { DocumentNode, InputValueDefinitionNode } from "graphql";
import {
  argumentOf,
  directiveOf,
  type Element,
  type Finding,
  finder,
  inputsOf,
  isListType,
  namedTypeOf,
} from "./walk.ts";

const PAGING = new Set(["first", "after", "last", "before"]);
const NEEDS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  String: [
    ["maxLength", "format"],
    ["text", "format"],
  ],
  Int: [["min", "max"]],
  Float: [["min", "max"]],
};

const report = finder("constraint");

export function limits(document: DocumentNode): Finding[] {
  return inputsOf(document).flatMap((input) => {
    const { kind, name, node, coordinate } = input;
    if (kind === "argument" && PAGING.has(name) && !isListType(node.type)) return [];
    return needsOf(input)
      .filter((anyOf) => !anyOf.some((argument) => states(node, argument)))
      .map((anyOf) => report(node, coordinate, `needs @constraint(${anyOf.join(": … or ")}: …)`));
  });
}

function needsOf({ node }: Element<InputValueDefinitionNode>): (readonly string[])[] {
  const ofValue = NEEDS[namedTypeOf(node.type)] ?? [];
  return [...ofValue, ...(isListType(node.type) ? [["maxItems"]] : [])];
}

function states(node: InputValueDefinitionNode, argument: string): boolean {
  const constraint = directiveOf(node, "constraint");
  return constraint !== undefined && argumentOf(constraint, argument) !== undefined;
}
