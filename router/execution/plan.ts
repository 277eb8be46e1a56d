// What is made of a document before it is first run, once for each generation of the graph: the
// steps that fetch its data, by Apollo's query planner, and the shape of its answer.
import { operationFromDocument } from "@apollo/federation-internals";
import type { PlanNode, SubscriptionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  isNonNullType,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from "graphql";
import { LRUCache } from "lru-cache";
import { invariant } from "#kit/invariant";
import { createDecide, type Decisions } from "../document/conditions.ts";
import { fragmentsOf } from "../document/fragments.ts";
import { type Operation, operationNamed, type Variables } from "../document/operation.ts";
import { splitByRootField } from "../document/root-fields.ts";
import type { Supergraph } from "../supergraph/supergraph.ts";
import { introspectionOf } from "./introspection.ts";
import { createNames, type NameOf, renamed } from "./names.ts";
import { createOverrides } from "./overrides.ts";
import { documentForPlanner } from "./planner-document.ts";
import { type Resumable, resumable } from "./resuming.ts";
import { rootFields, type ShapedObject, type Shaping, shapeOf } from "./shape.ts";
import { compileFetch, compileSteps, type Fetch, type Step, subgraphsOf } from "./steps.ts";
import { createFindUnanswered, type FindUnanswered } from "./unanswered.ts";

/** An operation that is ready to be run, as long as its conditions turn out as they did. */
export interface Plan {
  readonly operation: Operation;
  /** Where the events of a subscription come from; null for queries and mutations. */
  readonly primary: Fetch | null;
  /** How a subscription goes on behind a position; null where that is no matter. */
  readonly resumable: Resumable | null;
  /** What is fetched, or for a subscription what is fetched for each event. */
  readonly step: Step | null;
  /** The names of all subgraphs that are asked. */
  readonly subgraphs: readonly string[];
  /** Root fields of which null ends a mutation, by their names in the data. */
  readonly vital: readonly string[];
  readonly shape: ShapedObject;
}

/** Throws where there is no way to what is asked for. */
export type Planner = (operation: Operation, variables: Variables) => Plan;

/** What is known of an operation. */
interface Known {
  readonly decide: (variables: Variables) => Decisions;
  readonly plans: LRUCache<string, Plan>;
}

/** Combinations of conditions and of moved fields for which one operation keeps plans. */
const PLANS_MAX = 32;

/** What all plans of one generation are made with. */
interface Planning {
  readonly supergraph: Supergraph;
  readonly nameOf: NameOf;
  readonly findUnanswered: FindUnanswered;
}

/** A planner of one generation. What it knows of an operation lives as long as its document. */
export function createPlanner(supergraph: Supergraph): Planner {
  const nameOf = createNames(supergraph.needs.document);
  const findUnanswered = createFindUnanswered(supergraph.apiSchema);
  const planning = { supergraph, nameOf, findUnanswered };
  const decideOverrides = createOverrides(supergraph.needs.document);
  const known = new WeakMap<OperationDefinitionNode, Known>();
  return (operation, variables) => {
    const { document, definition } = operation;
    const { decide, plans } = known.get(definition) ?? {
      decide: createDecide(document, defaultsOf(definition)),
      plans: new LRUCache<string, Plan>({ max: PLANS_MAX }),
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
  const { apiSchema: schema, fullSchema, needs } = supergraph;
  const isSubscription = definition.operation === "subscription";
  const resumes = isSubscription ? resumable(schema, supergraph.liveDirectives, operation) : null;
  const asked = documentForPlanner(resumes?.operation.document ?? document, isIncluded);
  const node = nodeFor(planning, asked, definition.name?.value, overrideConditions);
  const shaping: Shaping = {
    schema,
    fragments: fragmentsOf(document),
    nameOf,
    isIncluded,
    introspect: (key, nodes) => introspectionOf(schema, operation, key, nodes),
  };
  const primary = node?.kind === "Subscription" ? node.primary : null;
  const rest = node?.kind === "Subscription" ? node.rest : node;
  const step = rest ? compileSteps({ schema: fullSchema, needs }, rest) : null;
  return {
    operation,
    primary: primary && compileFetch(fullSchema, primary, []),
    resumable: resumes,
    step,
    subgraphs: [...(primary ? [primary.serviceName] : []), ...(step ? subgraphsOf(step) : [])],
    vital: rootFields(shaping, definition).flatMap(({ field, source }) =>
      definition.operation === "mutation" && field && isNonNullType(field.type) ? [source] : [],
    ),
    shape: shapeOf(shaping, definition),
  };
}

function nodeFor(
  { supergraph: { api, planner }, nameOf, findUnanswered }: Planning,
  asked: DocumentNode,
  name: string | undefined,
  overrideConditions: Map<string, boolean>,
): PlanNode | SubscriptionNode | undefined {
  const plan = (part: DocumentNode) => {
    const document = renamed(part, nameOf);
    const named = name === undefined ? {} : { operationName: name };
    const { node } = planner.buildQueryPlan(operationFromDocument(api, document, named), {
      overrideConditions,
    });
    const missing = findUnanswered(document, operationNamed(document, name), node);
    invariant(missing === null, "no plan leads to a field", { field: missing });
    return node;
  };
  const whole = plan(asked);
  const definition = operationNamed(asked, name);
  const isOne = whole?.kind === undefined || whole.kind === "Fetch";
  if (definition.operation !== "mutation" || isOne) return whole;
  const nodes = splitByRootField(asked, definition).flatMap((part) => {
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
