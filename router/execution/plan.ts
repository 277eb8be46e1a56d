// What is made of a document before it is first run, once for each generation of the graph: the
// steps that fetch its data, by Apollo's query planner, and the shape of its answer.
import { operationFromDocument } from "@apollo/federation-internals";
import type { PlanNode, SubscriptionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromASTUntyped,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Variables } from "../policy/cost.ts";
import { fragmentsOf } from "../policy/fragments.ts";
import type { Supergraph } from "../supergraph.ts";
import { conditionVariables, isIncluded } from "./conditions.ts";
import { introspectionOf, withoutIntrospection } from "./introspection.ts";
import { createNames, type NameOf, renamed } from "./names.ts";
import { createOverrides } from "./overrides.ts";
import { type Resumable, resumable } from "./resuming.ts";
import { rootFields, type ShapedObject, type Shaping, shapeOf } from "./shape.ts";
import { compileFetch, compileSteps, type Fetch, type Step } from "./steps.ts";

/** An operation of a valid document. */
export interface Operation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/** An operation that is ready to be run. */
export interface Plan {
  readonly operation: Operation;
  /** Where the events of a subscription come from; null for queries and mutations. */
  readonly primary: Fetch | null;
  /** How a subscription goes on behind a position; null where that is no matter. */
  readonly resumable: Resumable | null;
  /** What is fetched, or for a subscription what is fetched for each event. */
  readonly step: Step | null;
  /** Values of the variables that are not given. */
  readonly defaults: Variables;
  /** Root fields of which null ends a mutation, by their names in the data. */
  readonly vital: readonly string[];
  shapeFor(variables: Variables): ShapedObject;
}

export type Planner = (operation: Operation) => Plan;

/** Combinations of conditions for which one operation keeps shapes. */
const SHAPES_MAX = 16;
/** Combinations of moved fields for which one operation keeps plans. */
const PLANS_MAX = 8;

/** A planner of one generation. What it knows of an operation lives as long as its document. */
export function createPlanner(supergraph: Supergraph): Planner {
  const nameOf = createNames(supergraph.needs.document);
  const decide = createOverrides(supergraph.needs.document);
  const known = new WeakMap<OperationDefinitionNode, LRUCache<string, Plan>>();
  return (operation) => {
    const { definition } = operation;
    const plans = known.get(definition) ?? new LRUCache<string, Plan>({ max: PLANS_MAX });
    known.set(definition, plans);
    const overrides = decide();
    const plan =
      plans.get(overrides.key) ?? planOf(supergraph, nameOf, operation, overrides.conditions);
    plans.set(overrides.key, plan);
    return plan;
  };
}

function planOf(
  supergraph: Supergraph,
  nameOf: NameOf,
  operation: Operation,
  overrideConditions: Map<string, boolean>,
): Plan {
  const { document, definition } = operation;
  const { api, apiSchema: schema, fullSchema, planner, needs } = supergraph;
  const fragments = fragmentsOf(document);
  const named = definition.name ? { operationName: definition.name.value } : {};
  const isSubscription = definition.operation === "subscription";
  const resumes = isSubscription ? resumable(schema, supergraph.liveMarks, operation) : null;
  const planned = resumes?.operation.document ?? document;
  const nodeFor = (each: DocumentNode) => {
    const asked = operationFromDocument(api, renamed(withoutIntrospection(each), nameOf), named);
    return planner.buildQueryPlan(asked, { overrideConditions }).node;
  };
  const whole = nodeFor(planned);
  const node = whole?.kind === "Sequence" ? oneByOne(whole, operation, nodeFor) : whole;
  const defaults = defaultsOf(definition);
  const shaping: Omit<Shaping, "isIncluded"> = {
    schema,
    fragments,
    nameOf,
    introspect: (key, nodes) => introspectionOf(schema, operation, key, nodes),
  };
  const roots = rootFields(shaping, definition);
  const primary = node?.kind === "Subscription" ? node.primary : null;
  const rest = node?.kind === "Subscription" ? node.rest : node;
  return {
    operation,
    primary: primary && compileFetch(fullSchema, primary, []),
    resumable: resumes,
    step: rest ? compileSteps({ schema: fullSchema, needs }, rest) : null,
    defaults,
    vital: roots.flatMap(({ field, source }) =>
      definition.operation === "mutation" && field && isNonNullType(field.type) ? [source] : [],
    ),
    shapeFor: createShapes(shaping, operation, defaults),
  };
}

/**
 * The plan of a mutation with several root fields, where these take more than one request: what is
 * selected of one is read before the next happens, which the planner does not see to.
 */
function oneByOne(
  whole: PlanNode,
  { document, definition }: Operation,
  nodeFor: (document: DocumentNode) => PlanNode | SubscriptionNode | undefined,
): PlanNode {
  const { selections } = definition.selectionSet;
  const isSerial = definition.operation === "mutation" && selections.length > 1;
  if (!isSerial || selections.some(({ kind }) => kind !== Kind.FIELD)) return whole;
  const keys = new Set(selections.map(keyOf));
  const nodes = [...keys].flatMap((key) => {
    const own = selections.filter((each) => keyOf(each) === key);
    const alone = {
      ...definition,
      selectionSet: { kind: Kind.SELECTION_SET, selections: own } as const,
    };
    const definitions = document.definitions.map((each) => (each === definition ? alone : each));
    const node = nodeFor({ ...document, definitions });
    return node && node.kind !== "Subscription" ? [node] : [];
  });
  return { kind: "Sequence", nodes };
}

function keyOf(node: SelectionNode): string {
  return node.kind === Kind.FIELD ? (node.alias ?? node.name).value : "";
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

/** A shape for each way in which the conditions of an operation turn out. */
function createShapes(
  shaping: Omit<Shaping, "isIncluded">,
  { document, definition }: Operation,
  defaults: Variables,
): Plan["shapeFor"] {
  const conditions = conditionVariables(document);
  const shapes = new LRUCache<string, ShapedObject>({ max: SHAPES_MAX });
  return (given) => {
    const values = conditions.map((name) => (given[name] ?? defaults[name]) === true);
    const key = values.map(Number).join("");
    const known = shapes.get(key);
    if (known) return known;
    const variables = Object.fromEntries(conditions.map((name, at) => [name, values[at]]));
    const shape = shapeOf(
      { ...shaping, isIncluded: (node) => isIncluded(node, variables) },
      definition,
    );
    shapes.set(key, shape);
    return shape;
  };
}
