// The steps of a query plan, made ready once: whatever of a request to a subgraph is the same each
// time is written down here already. Nothing is run here.
import type {
  FetchDataRewrite,
  FetchNode,
  PlanNode,
  QueryPlanSelectionNode,
} from "@apollo/query-planner";
import {
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type OperationTypeNode,
  parse,
} from "graphql";
import { invariant } from "#kit/invariant";
import type { Needs } from "../supergraph/required-fields.ts";
import { EVERY_ITEM, type Route } from "./data.ts";
import { clientVariable } from "./names.ts";
import { withRealFields } from "./real-fields.ts";

export type Step =
  | { readonly kind: "sequence" | "parallel"; readonly steps: readonly Step[] }
  | { readonly kind: "fetch"; readonly fetch: Fetch };

/** A request to a subgraph, but for its variables. */
export interface Fetch {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The JSON of its body up to the variables. */
  readonly head: string;
  readonly operationKind: `${OperationTypeNode}`;
  /** Those of the client's variables that it uses, and what the client calls them. */
  readonly variables: readonly { readonly name: string; readonly source: string }[];
  /** Where what it answers belongs. */
  readonly route: Route;
  /** The names of its root fields. */
  readonly rootNames: readonly string[];
  /** What represents an entity in it; null when it asks for no entities. */
  readonly requires: readonly Selection[] | null;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A part of a representation. */
export type Selection =
  | {
      readonly kind: "field";
      /** What it is called in the data. */
      readonly source: string;
      readonly name: string;
      readonly below: readonly Selection[] | null;
    }
  | { readonly kind: "types"; readonly types: Types; readonly below: readonly Selection[] };

/** The names of the types that fit a type condition. */
export type Types = ReadonlySet<string>;

/** A change of what is sent or was answered, at each object at the end of its way. */
export interface Rewrite {
  readonly way: readonly (string | Types)[];
  readonly field: string;
  readonly change:
    | { readonly kind: "set"; readonly value: unknown }
    | { readonly kind: "rename"; readonly to: string };
}

/** What steps are made ready with. */
export interface Compiling {
  /** The whole supergraph's. */
  readonly schema: GraphQLSchema;
  readonly needs: Needs;
}

/** Makes the steps of a plan ready. */
export function compileSteps(compiling: Compiling, node: PlanNode, route: Route = []): Step {
  switch (node.kind) {
    case "Sequence":
    case "Parallel": {
      const steps = node.nodes.map((each) => compileSteps(compiling, each, route));
      return { kind: node.kind === "Sequence" ? "sequence" : "parallel", steps };
    }
    case "Flatten":
      return compileSteps(compiling, node.node, [...route, ...node.path.map(String)]);
    case "Fetch":
      return compileFetches(compiling, node, route);
    case "Condition":
      invariant(false, "a plan has conditions, though these are decided before");
      break;
    case "Defer":
      invariant(false, "a plan defers, though nobody can ask for that");
  }
}

/** The names of the subgraphs that steps ask, some of them more than once. */
export function subgraphsOf(step: Step): string[] {
  return step.kind === "fetch" ? [step.fetch.subgraph] : step.steps.flatMap(subgraphsOf);
}

function compileFetches({ schema, needs }: Compiling, node: FetchNode, route: Route): Step {
  const steps = withRealFields(node, needs).map((each): Step => {
    return { kind: "fetch", fetch: compileFetch(schema, each, route) };
  });
  const [only] = steps;
  return only && steps.length === 1 ? only : { kind: "parallel", steps };
}

export function compileFetch(schema: GraphQLSchema, node: FetchNode, route: Route): Fetch {
  const { serviceName, operation, operationName, operationKind, variableUsages = [] } = node;
  const rewrites = (given: readonly FetchDataRewrite[] = []) =>
    given.map((each) => compileRewrite(schema, each));
  return {
    subgraph: serviceName,
    query: operation,
    operationName,
    head: headOf(operation, operationName),
    operationKind,
    variables: variableUsages.map((name) => ({ name, source: clientVariable(name) })),
    route,
    rootNames: rootNamesOf(operation),
    requires: node.requires ? compileSelections(schema, node.requires) : null,
    inputRewrites: rewrites(node.inputRewrites),
    outputRewrites: rewrites(node.outputRewrites),
  };
}

function headOf(query: string, operationName: string | undefined): string {
  const known = JSON.stringify({ query, operationName });
  return `${known.slice(0, -1)},"variables":`;
}

/** All root fields of an operation of the planner are there, in no fragment. */
function rootNamesOf(query: string): string[] {
  return parse(query, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [(selection.alias ?? selection.name).value] : [],
        )
      : [],
  );
}

function compileSelections(
  schema: GraphQLSchema,
  nodes: readonly QueryPlanSelectionNode[],
): Selection[] {
  return nodes.map((node): Selection => {
    if (node.kind === "Field") {
      const below = node.selections ? compileSelections(schema, node.selections) : null;
      return { kind: "field", source: node.alias ?? node.name, name: node.name, below };
    }
    const below = compileSelections(schema, node.selections);
    invariant(node.typeCondition, "a representation has a fragment without a type");
    return { kind: "types", types: typesOf(schema, node.typeCondition), below };
  });
}

/** By name: itself, and what is it or implements it. */
function typesOf(schema: GraphQLSchema, name: string): Types {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return new Set([name]);
  const objects = schema.getPossibleTypes(type);
  const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
  return new Set([name, ...[...objects, ...interfaces].map((each) => each.name)]);
}

const TYPE_CONDITION = "... on ";

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const way = rewrite.path
    .filter((step) => step !== EVERY_ITEM)
    .map((step) =>
      step.startsWith(TYPE_CONDITION) ? typesOf(schema, step.slice(TYPE_CONDITION.length)) : step,
    );
  const field = way.pop();
  invariant(typeof field === "string", "a rewrite ends at no field");
  return {
    way,
    field,
    change:
      rewrite.kind === "ValueSetter"
        ? { kind: "set", value: rewrite.setValueTo }
        : { kind: "rename", to: rewrite.renameKeyTo },
  };
}
