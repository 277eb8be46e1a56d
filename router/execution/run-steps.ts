// Runs the steps of a plan: sends fetches to subgraphs, merges their answers into the tree of data,
// and collects errors with paths of that tree. fill.ts makes the client's answer.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { invariant } from "#kit/invariant";
import { asGraphQLError } from "../errors/errors.ts";
import type { Answer } from "../upstream/answer.ts";
import { copyJson } from "../upstream/copy.ts";
import type { Caller, Subgraphs } from "../upstream/subgraph.ts";
import { type Data, EVERY_ITEM, isData, merge, objectsAt, type Path, pathsAt } from "./data.ts";
import { represent } from "./representations.ts";
import { rewrite } from "./rewrites.ts";
import type { Fetch, Step } from "./steps.ts";

/** One execution of a plan. */
export interface Execution {
  readonly subgraphs: Subgraphs;
  readonly caller: Caller;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Grows while the plan runs. */
  readonly data: Data;
  /** Their paths are those of `data`. */
  readonly errors: GraphQLError[];
  /** Entities that their subgraph answered with null, or that could not be fetched. */
  readonly missing: Set<Data>;
  /** The names of interfaces. Only a subgraph with an interface object gives one as a type. */
  readonly interfaces: ReadonlySet<string>;
  /** True if no further step of a sequence needs to run. */
  isOver(): boolean;
}

/** Failures of subgraphs become errors; the promise does not reject for them. */
export async function runStep(execution: Execution, step: Step): Promise<void> {
  switch (step.kind) {
    case "sequence":
      for (const each of step.steps) {
        if (execution.isOver()) return;
        await runStep(execution, each);
      }
      return;
    case "parallel":
      await Promise.all(step.steps.map((each) => runStep(execution, each)));
      return;
    case "fetch":
      return step.fetch.requires
        ? fetchEntities(execution, step.fetch, step.fetch.requires)
        : fetchRoots(execution, step.fetch);
  }
}

async function fetchRoots(execution: Execution, fetch: Fetch): Promise<void> {
  const targets = objectsAt(execution.data, fetch.route);
  if (targets.length === 0) return;
  const paths = () => pathsAt(execution.data, fetch.route);
  try {
    const subgraph = subgraphOf(execution, fetch);
    const answer = await subgraph.fetch(fetch, variablesOf(execution, fetch), execution.caller);
    for (const error of answer.errors ?? []) {
      if (!error.path) {
        execution.errors.push(errorAt(error, undefined));
        continue;
      }
      for (const path of paths()) execution.errors.push(errorAt(error, [...path, ...error.path]));
    }
    if (!answer.data) {
      // The errors of the answer explain all fields that are now missing.
      for (const target of targets) execution.missing.add(target);
      return;
    }
    rewrite(answer.data, fetch.outputRewrites);
    const [first, ...others] = targets;
    for (const other of others) merge(other, copyJson(answer.data), execution.interfaces);
    if (first) merge(first, answer.data, execution.interfaces);
  } catch (thrown) {
    const error = asGraphQLError(thrown);
    for (const path of paths()) {
      for (const name of fetch.rootNames) execution.errors.push(errorAt(error, [...path, name]));
    }
  }
}

async function fetchEntities(
  execution: Execution,
  fetch: Fetch,
  requires: NonNullable<Fetch["requires"]>,
): Promise<void> {
  const entities = objectsAt(execution.data, fetch.route);
  const { texts, indexes } = represent(entities, { ...fetch, requires });
  for (const [at, entity] of entities.entries()) {
    if (indexes[at] === null) execution.missing.add(entity);
  }
  if (texts.length === 0) return;
  try {
    const subgraph = subgraphOf(execution, fetch);
    const variables = variablesOf(execution, fetch);
    const answer = await subgraph.fetchEntities(fetch, texts, variables, execution.caller);
    if (answer.errors) addEntityErrors(execution, fetch, indexes, answer.errors);
    addEntities(execution, { entities, indexes }, entitiesIn(answer, texts.length), fetch);
  } catch (thrown) {
    const error = asGraphQLError(thrown);
    for (const [at, path] of pathsAt(execution.data, fetch.route).entries()) {
      if (indexes[at] !== null) execution.errors.push(errorAt(error, path));
    }
  }
}

/** Merges the answered entities. An entity that is null in the answer is missing. */
function addEntities(
  { missing, interfaces }: Execution,
  { entities, indexes }: IndexedEntities,
  answered: readonly unknown[],
  { outputRewrites }: Fetch,
): void {
  for (const each of answered) rewrite(each, outputRewrites);
  const done = new Set<Data>();
  for (const [at, entity] of entities.entries()) {
    const index = indexes[at] ?? null;
    if (index === null || done.has(entity)) continue;
    done.add(entity);
    const added = answered[index];
    if (isData(added)) merge(entity, added, interfaces);
    else missing.add(entity);
  }
}

/** Entities, and for each the index of its representation. */
interface IndexedEntities {
  readonly entities: readonly Data[];
  readonly indexes: readonly (number | null)[];
}

function entitiesIn({ data, errors }: Answer, count: number): readonly unknown[] {
  const entities = data?._entities;
  if (Array.isArray(entities) && entities.length === count) return entities;
  if (errors && (entities === undefined || entities === null)) return [];
  throw new GraphQLError(`a subgraph did not answer with all ${count} entities`);
}

/**
 * Adds each error at every entity that it is about. An error without an entity is added once, at
 * the part of the route before its first list.
 */
function addEntityErrors(
  { data, errors }: Execution,
  { route }: Fetch,
  indexes: readonly (number | null)[],
  reported: readonly GraphQLFormattedError[],
): void {
  const paths = new Map<number, Path[]>();
  for (const [at, path] of pathsAt(data, route).entries()) {
    const index = indexes[at] ?? null;
    if (index !== null) paths.set(index, [...(paths.get(index) ?? []), path]);
  }
  const list = route.indexOf(EVERY_ITEM);
  const common = route.slice(0, list < 0 ? undefined : list);
  for (const error of reported) {
    const [, index, ...below] = error.path ?? [];
    const own = typeof index === "number" ? (paths.get(index) ?? []) : [common];
    for (const path of own) errors.push(errorAt(error, [...path, ...below]));
  }
}

function subgraphOf({ subgraphs }: Execution, { subgraph: name }: Fetch) {
  const subgraph = subgraphs.get(name);
  invariant(subgraph, "a plan has a fetch to an unknown subgraph", { name });
  return subgraph;
}

function variablesOf({ variables }: Execution, { variables: used }: Fetch): Data {
  const given: Data = {};
  for (const { name, source } of used) {
    if (Object.hasOwn(variables, source) && variables[source] !== undefined) {
      given[name] = variables[source];
    }
  }
  return given;
}

type ErrorContent = Pick<GraphQLFormattedError, "message" | "extensions">;

function errorAt(error: ErrorContent, path: Path | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message, {
    ...(path?.length && { path }),
    ...(extensions && { extensions: { ...extensions } }),
  });
}
