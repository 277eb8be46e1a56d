// Compiles a query plan to steps, once for each plan: all parts of a subgraph request that are the
// same each time. run-steps.ts runs them.
import type {
  FetchDataRewrite,
  FetchNode,
  PlanNode,
  QueryPlanSelectionNode,
} from "@apollo/query-planner";
import {
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type OperationTypeNode,
  parse,
} from "graphql";
import { invariant } from "#kit/invariant";
import { readPolicyDirectives } from "../policy/directives.ts";
import type { RequiredFields } from "../supergraph/required-fields.ts";
import { EVERY_ITEM, type Route } from "./data.ts";
import { clientVariable } from "./planner-names.ts";
import { withRealFields } from "./real-fields.ts";

export type Step =
  | { readonly kind: "sequence" | "parallel"; readonly steps: readonly Step[] }
  | { readonly kind: "fetch"; readonly fetch: Fetch };

/** A request to a subgraph without the values of its variables. */
export interface Fetch {
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The JSON of the request body, up to the variables. */
  readonly head: string;
  readonly operationKind: `${OperationTypeNode}`;
  /** The variables that it uses; `source` is the client's name of the variable. */
  readonly variables: readonly { readonly name: string; readonly source: string }[];
  /** True for a mutation with a field that tries a credential. */
  readonly tellsClient: boolean;
  /** The objects in the data that its answer is merged into. */
  readonly route: Route;
  /** The response names of its root fields. */
  readonly rootNames: readonly string[];
  /** The fields of a representation; null for a fetch at the root. */
  readonly requires: readonly Selection[] | null;
  readonly inputRewrites: readonly Rewrite[];
  readonly outputRewrites: readonly Rewrite[];
}

/** A part of a representation. */
export type Selection =
  | {
      readonly kind: "field";
      /** The name in the data. */
      readonly source: string;
      readonly name: string;
      readonly below: readonly Selection[] | null;
    }
  | { readonly kind: "types"; readonly types: Types; readonly below: readonly Selection[] };

/** The names of the types that a type condition matches. */
export type Types = ReadonlySet<string>;

/** A change of a representation or an answer, at each object at the end of `path`. */
export interface Rewrite {
  readonly path: readonly (string | Types)[];
  readonly field: string;
  readonly change:
    | { readonly kind: "set"; readonly value: unknown }
    | { readonly kind: "rename"; readonly to: string };
}

export interface CompileOptions {
  /** The schema of the whole supergraph, with what clients may not see. */
  readonly schema: GraphQLSchema;
  readonly requiredFields: RequiredFields;
}

export function compileSteps(options: CompileOptions, node: PlanNode, route: Route = []): Step {
  switch (node.kind) {
    case "Sequence":
    case "Parallel": {
      const steps = node.nodes.map((each) => compileSteps(options, each, route));
      return { kind: node.kind === "Sequence" ? "sequence" : "parallel", steps };
    }
    case "Flatten":
      return compileSteps(options, node.node, [...route, ...node.path.map(String)]);
    case "Fetch":
      return compileFetches(options, node, route);
    case "Condition":
      invariant(false, "a plan has conditions, but they were decided before");
      break;
    case "Defer":
      invariant(false, "a plan has @defer, which the router does not offer");
  }
}

/** The names of the subgraphs that steps send fetches to, with repeats. */
export function subgraphsOf(step: Step): string[] {
  return step.kind === "fetch" ? [step.fetch.subgraph] : step.steps.flatMap(subgraphsOf);
}

function compileFetches(
  { schema, requiredFields }: CompileOptions,
  node: FetchNode,
  route: Route,
): Step {
  const steps = withRealFields(node, requiredFields).map((each): Step => {
    return { kind: "fetch", fetch: compileFetch(schema, each, route) };
  });
  const [only] = steps;
  return only && steps.length === 1 ? only : { kind: "parallel", steps };
}

export function compileFetch(schema: GraphQLSchema, node: FetchNode, route: Route): Fetch {
  const { serviceName, operation, operationName, operationKind, variableUsages = [] } = node;
  const rewrites = (given: readonly FetchDataRewrite[] = []) =>
    given.map((each) => compileRewrite(schema, each));
  const roots = rootFieldsOf(operation);
  const { credentials } = readPolicyDirectives(schema);
  return {
    subgraph: serviceName,
    query: operation,
    operationName,
    head: headOf(operation, operationName),
    operationKind,
    variables: variableUsages.map((name) => ({ name, source: clientVariable(name) })),
    route,
    tellsClient:
      operationKind === "mutation" &&
      roots.some(({ name }) => credentials.has(`${schema.getMutationType()?.name}.${name.value}`)),
    rootNames: roots.map(({ name, alias }) => (alias ?? name).value),
    requires: node.requires ? compileSelections(schema, node.requires) : null,
    inputRewrites: rewrites(node.inputRewrites),
    outputRewrites: rewrites(node.outputRewrites),
  };
}

function headOf(query: string, operationName: string | undefined): string {
  const known = JSON.stringify({ query, operationName });
  return `${known.slice(0, -1)},"variables":`;
}

/** In operations of the planner no root field is in a fragment. */
function rootFieldsOf(query: string): FieldNode[] {
  return parse(query, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection] : [],
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
    invariant(node.typeCondition, "a representation has a fragment without a type condition");
    return { kind: "types", types: typesOf(schema, node.typeCondition), below };
  });
}

/** The names of a type and of all types that implement it or belong to it. */
function typesOf(schema: GraphQLSchema, name: string): Types {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return new Set([name]);
  const objects = schema.getPossibleTypes(type);
  const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
  return new Set([name, ...[...objects, ...interfaces].map((each) => each.name)]);
}

const TYPE_CONDITION = "... on ";

function compileRewrite(schema: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const path = rewrite.path
    .filter((step) => step !== EVERY_ITEM)
    .map((step) =>
      step.startsWith(TYPE_CONDITION) ? typesOf(schema, step.slice(TYPE_CONDITION.length)) : step,
    );
  const field = path.pop();
  invariant(typeof field === "string", "the path of a rewrite does not end at a field");
  return {
    path,
    field,
    change:
      rewrite.kind === "ValueSetter"
        ? { kind: "set", value: rewrite.setValueTo }
        : { kind: "rename", to: rewrite.renameKeyTo },
  };
}
