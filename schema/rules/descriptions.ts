// Rule: every element of the SDL has a description, because the SDL is the public manual.
import type { DocumentNode } from "graphql";
import { elementsOf, type Finding, finder } from "./walk.ts";

const report = finder("description");

export function descriptions(document: DocumentNode): Finding[] {
  return elementsOf(document)
    .filter(({ node }) => !("description" in node && node.description?.value.trim()))
    .map(({ node, kind, coordinate }) =>
      report(node, coordinate, `this ${kind} needs a description`),
    );
}
