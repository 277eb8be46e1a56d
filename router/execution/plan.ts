// Plans an operation: the steps that fetch its data, with Apollo's query planner, and the shape of
// its answer. Plans are kept as long as their document. execute.ts runs them.
import { operationFromDocument } from "@apollo/federation-internals";
import type { PlanNode, SubscriptionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  isNonNullType,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import { invariant } from "#kit/invariant";
import { MeasuredCache } from "#kit/telemetry/caches";
import { createDecide, type Decisions } from "../document/conditions.ts";
import { fragmentsOf } from "../document/fragments.ts";
import { type Operation, operationNamed, type Variables } from "../document/operation.ts";
import { splitByRootField } from "../document/root-fields.ts";
import type { Supergraph } from "../supergraph/supergraph.ts";
import { introspectionOf } from "./introspection.ts";
import { createOverrides } from "./overrides.ts";
import { documentForPlanner } from "./planner-document.ts";
import { createNames, type NameOf, renamed } from "./planner-names.ts";
import { type Resumable, resumable } from "./resuming.ts";
import { rootFields, type ShapedObject, type Shaping, shapeOf } from "./shape.ts";
import { compileFetch, compileSteps, type Fetch, type Step, subgraphsOf } from "./steps.ts";
import { createFindUnplanned, type FindUnplanned } from "./unplanned-fields.ts";

/** A plan of an operation, for one set of decisions of its conditions. */
export interface Plan {
  readonly operation: Operation;
  /** The fetch that gives the events of a subscription; null for queries and mutations. */
  readonly primary: Fetch | null;
  /** The first field of the root, by its name in the schema. */
  readonly rootField: string;
  /** How a subscription resumes; null if it cannot. */
  readonly resumable: Resumable | null;
  /** The fetches; for a subscription, those for each event. Null if there are none. */
  readonly step: Step | null;
  /** The names of all subgraphs that the plan uses, with repeats. */
  readonly subgraphs: readonly string[];
  /** The non-null root fields of a mutation, by name in the data: null in one ends it. */
  readonly nonNullRoots: readonly string[];
  readonly shape: ShapedObject;
}

/** Throws if no plan leads to a selected field. */
export type Planner = (operation: Operation, variables: Variables) => Plan;

interface PlansOfOperation {
  readonly decide: (variables: Variables) => Decisions;
  readonly plans: MeasuredCache<string, Plan>;
}

/** Plans that are kept of one operation: one for each outcome of conditions and overrides. */
const PLANS_MAX = 32;

interface Planning {
  readonly supergraph: Supergraph;
  readonly nameOf: NameOf;
  readonly findUnplanned: FindUnplanned;
}

/** The planner of one supergraph. */
export function createPlanner(supergraph: Supergraph): Planner {
  const nameOf = createNames(supergraph.requiredFields.document);
  const findUnplanned = createFindUnplanned(supergraph.apiSchema);
  const planning = { supergraph, nameOf, findUnplanned };
  const decideOverrides = createOverrides(supergraph.requiredFields.document);
  const known = new WeakMap<OperationDefinitionNode, PlansOfOperation>();
  return (operation, variables) => {
    const { document, definition } = operation;
    const { decide, plans } = known.get(definition) ?? {
      decide: createDecide(document, defaultsOf(definition)),
      plans: new MeasuredCache<string, Plan>("plans", { max: PLANS_MAX }),
    };
    known.set(definition, { decide, plans });
    const overrides = decideOverrides();
    const decisions = decide(variables);
    const key = `${overrides.key} ${decisions.key}`;
    const plan = plans.get(key) ?? planOf(planning, operation, decisions, overrides.conditions);
    plans.set(key, plan);
    return plan;
  };
}

function planOf(
  planning: Planning,
  operation: Operation,
  { isIncluded }: Decisions,
  overrideConditions: Map<string, boolean>,
): Plan {
  const { supergraph, nameOf } = planning;
  const { document, definition } = operation;
  const { apiSchema: schema, fullSchema, requiredFields } = supergraph;
  const isSubscription = definition.operation === "subscription";
  const resumed = isSubscription ? resumable(schema, supergraph.liveDirectives, operation) : null;
  const planned = documentForPlanner(resumed?.operation.document ?? document, isIncluded);
  const node = nodeFor(planning, planned, definition.name?.value, overrideConditions);
  const shaping: Shaping = {
    schema,
    fragments: fragmentsOf(document),
    nameOf,
    isIncluded,
    introspect: (key, nodes) => introspectionOf(schema, operation, key, nodes),
  };
  const primary = node?.kind === "Subscription" ? node.primary : null;
  const rest = node?.kind === "Subscription" ? node.rest : node;
  const roots = rootFields(shaping, definition);
  const step = rest ? compileSteps({ schema: fullSchema, requiredFields }, rest) : null;
  return {
    operation,
    primary: primary && compileFetch(fullSchema, primary, []),
    rootField: roots[0]?.field?.name ?? "other",
    resumable: resumed,
    step,
    subgraphs: [...(primary ? [primary.serviceName] : []), ...(step ? subgraphsOf(step) : [])],
    nonNullRoots: roots.flatMap(({ field, source }) =>
      definition.operation === "mutation" && field && isNonNullType(field.type) ? [source] : [],
    ),
    shape: shapeOf(shaping, definition),
  };
}

function nodeFor(
  { supergraph: { api, planner }, nameOf, findUnplanned }: Planning,
  planned: DocumentNode,
  name: string | undefined,
  overrideConditions: Map<string, boolean>,
): PlanNode | SubscriptionNode | undefined {
  const plan = (part: DocumentNode) => {
    const document = renamed(part, nameOf);
    const named = name === undefined ? {} : { operationName: name };
    const { node } = planner.buildQueryPlan(operationFromDocument(api, document, named), {
      overrideConditions,
    });
    const missing = findUnplanned(document, operationNamed(document, name), node);
    invariant(missing === null, "no plan leads to a field", { field: missing });
    return node;
  };
  const whole = plan(planned);
  const definition = operationNamed(planned, name);
  const isOneFetch = whole?.kind === undefined || whole.kind === "Fetch";
  if (definition.operation !== "mutation" || isOneFetch) return whole;
  const nodes = splitByRootField(planned, definition).flatMap((part) => {
    const node = plan(part);
    return node && node.kind !== "Subscription" ? [node] : [];
  });
  return { kind: "Sequence", nodes };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
