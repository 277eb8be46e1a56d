// Rules of authorization: every field of an object type states who may read it, by itself or by its
// type, with existing policies and in places where they apply. People review whether the policy is
// the right one.
import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from "graphql";
import { type AnyOf, PUBLIC_POLICY } from "#kit/trust/authorization";
import { SCOPES } from "../scopes.ts";
import {
  argumentOf,
  directiveOf,
  type Element,
  elementsOf,
  type Finding,
  fieldsOf,
  finder,
  objectTypesOf,
} from "./walk.ts";

const STATEMENTS = ["authenticated", "requiresScopes", "policy"];
const ROOTS = ["Query", "Mutation", "Subscription"];

const report = finder("policy");

interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

export function policies(document: DocumentNode): Finding[] {
  const marked = [...elementsOf(document), ...extensionsOf(document)].filter(({ node }) =>
    isStated(node as Marked),
  );
  return [
    ...unstated(document),
    ...marked.flatMap(words),
    ...relations(document),
    ...misplaced(document, marked),
  ];
}

/** Extensions of object types, which may have the policy of their type. */
function extensionsOf(document: DocumentNode): Pick<Element, "node" | "coordinate" | "owner">[] {
  return objectTypesOf(document)
    .filter(({ kind }) => kind === Kind.OBJECT_TYPE_EXTENSION)
    .map((node) => ({ node, coordinate: node.name.value, owner: "" }));
}

function unstated(document: DocumentNode): Finding[] {
  const types = objectTypesOf(document);
  const names = new Set(types.map(({ name }) => name.value));
  const stated = new Set(types.filter(isStated).map(({ name }) => name.value));
  return fieldsOf(document)
    .filter(({ owner }) => names.has(owner) && !stated.has(owner))
    .filter(({ node }) => !isStated(node))
    .map(({ node, coordinate }) =>
      report(
        node,
        coordinate,
        "states no policy: write @authenticated, @requiresScopes or @policy to it or to its type " +
          `(@policy(policies: [["${PUBLIC_POLICY}"]]) lets everybody read it)`,
      ),
    );
}

function isStated(node: Marked): boolean {
  return STATEMENTS.some((name) => directiveOf(node, name));
}

/**
 * Scopes are of the closed list, no group is empty, and "public" is the only policy of its field.
 */
function words({ node, coordinate }: Pick<Element, "node" | "coordinate">): Finding[] {
  const scopes = groupsOf(node as Marked, "requiresScopes");
  const demanded = groupsOf(node as Marked, "policy");
  const findings = (scopes?.flat() ?? [])
    .filter((scope) => !SCOPES.includes(scope))
    .map((scope) => `demands the scope "${scope}", which is not in schema/scopes.ts`);
  if (demanded?.flat().includes(PUBLIC_POLICY) && demanded.flat().length > 1) {
    findings.push(`"${PUBLIC_POLICY}" excludes nobody, so it must be the only policy`);
  }
  for (const groups of [scopes, demanded]) {
    if (groups?.every((names) => names.length > 0) === false || groups?.length === 0) {
      findings.push("names nothing: an empty list is met by everybody or by nobody");
    }
  }
  return findings.map((message) => report(node, coordinate, message));
}

/**
 * A policy that only the subgraph can decide makes the field null, so the field must be nullable.
 */
function relations(document: DocumentNode): Finding[] {
  const onTypes = objectTypesOf(document)
    .filter(isRelation)
    .map((node) =>
      report(node, node.name.value, "how people are related to it is a policy of its fields"),
    );
  const onFields = fieldsOf(document).filter(({ node }) => isRelation(node));
  const never = onFields
    .filter(({ node }) => node.type.kind === Kind.NON_NULL_TYPE)
    .map(({ node, coordinate }) =>
      report(node, coordinate, "must be nullable: it is null where its policy does not hold"),
    );
  const atRoots = onFields
    .filter(({ owner }) => ROOTS.includes(owner))
    .map(({ node, coordinate }) =>
      report(node, coordinate, "has no object to which a viewer could be related"),
    );
  return [...onTypes, ...never, ...atRoots];
}

function isRelation(node: Marked): boolean {
  return (groupsOf(node, "policy") ?? []).flat().some((name) => name !== PUBLIC_POLICY);
}

/** Policies of interfaces, scalars and enums have no effect: the object decides. */
function misplaced(
  document: DocumentNode,
  marked: readonly Pick<Element, "node" | "coordinate" | "owner">[],
): Finding[] {
  const objects = new Set(objectTypesOf(document).map(({ name }) => name.value));
  return marked
    .filter(({ coordinate, owner }) => !objects.has(owner || coordinate))
    .map(({ node, coordinate }) =>
      report(node, coordinate, "has a policy without effect: write it to the object types"),
    );
}

function groupsOf(node: Marked, name: string): AnyOf | undefined {
  const directive = directiveOf(node, name);
  const value =
    directive && argumentOf(directive, name === "policy" ? "policies" : "scopes")?.value;
  return value && (valueFromASTUntyped(value) as AnyOf);
}
