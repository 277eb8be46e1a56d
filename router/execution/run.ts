// Runs the steps of a plan: asks subgraphs, adds what they answer to the tree of data, and collects
// what went wrong, at the paths of that tree. It shapes no answer.
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
  readonly asker: Caller;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Grows while the plan runs. */
  readonly data: Data;
  /** What went wrong, at paths of `data`. */
  readonly errors: GraphQLError[];
  /** Entities of which a subgraph knows nothing, or could not be asked. */
  readonly gone: Set<Data>;
  /** Types of interfaces, which only subgraphs tell that know no types of theirs. */
  readonly interfaces: ReadonlySet<string>;
  /** Whether what was answered so far leaves anything to be done. */
  isOver(): boolean;
}

/** Never rejects for what a subgraph does. */
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
  const places = objectsAt(execution.data, fetch.route);
  if (places.length === 0) return;
  const paths = () => pathsAt(execution.data, fetch.route);
  try {
    const subgraph = subgraphOf(execution, fetch);
    const answer = await subgraph.fetch(fetch, variablesOf(execution, fetch), execution.asker);
    for (const error of answer.errors ?? []) {
      const under = paths();
      if (!error.path) execution.errors.push(errorAt(error, undefined));
      else
        for (const path of under) execution.errors.push(errorAt(error, [...path, ...error.path]));
    }
    if (!answer.data) {
      // Its errors say why, of whichever field they are.
      for (const place of places) execution.gone.add(place);
      return;
    }
    rewrite(answer.data, fetch.outputRewrites);
    const [first, ...others] = places;
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
    if (indexes[at] === null) execution.gone.add(entity);
  }
  if (texts.length === 0) return;
  try {
    const subgraph = subgraphOf(execution, fetch);
    const variables = variablesOf(execution, fetch);
    const answer = await subgraph.fetchEntities(fetch, texts, variables, execution.asker);
    if (answer.errors) tellOfEntities(execution, fetch, indexes, answer.errors);
    addEntities(execution, { entities, indexes }, entitiesIn(answer, texts.length), fetch);
  } catch (thrown) {
    const error = asGraphQLError(thrown);
    for (const [at, path] of pathsAt(execution.data, fetch.route).entries()) {
      if (indexes[at] !== null) execution.errors.push(errorAt(error, path));
    }
  }
}

/** An entity that is gone is null, and adds nothing. */
function addEntities(
  { gone, interfaces }: Execution,
  { entities, indexes }: Asked,
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
    else gone.add(entity);
  }
}

/** Entities, and which of the representations stands for each. */
interface Asked {
  readonly entities: readonly Data[];
  readonly indexes: readonly (number | null)[];
}

function entitiesIn({ data, errors }: Answer, count: number): readonly unknown[] {
  const entities = data?._entities;
  if (Array.isArray(entities) && entities.length === count) return entities;
  if (errors && (entities === undefined || entities === null)) return [];
  throw new GraphQLError(`a subgraph was asked for ${count} entities and did not answer so many`);
}

/**
 * Tells errors at all entities that they are of. One that says of no entity is told once, at the
 * part of the route that all of them have in common.
 */
function tellOfEntities(
  { data, errors }: Execution,
  { route }: Fetch,
  indexes: readonly (number | null)[],
  told: readonly GraphQLFormattedError[],
): void {
  const paths = new Map<number, Path[]>();
  for (const [at, path] of pathsAt(data, route).entries()) {
    const index = indexes[at] ?? null;
    if (index !== null) paths.set(index, [...(paths.get(index) ?? []), path]);
  }
  const list = route.indexOf(EVERY_ITEM);
  const common = route.slice(0, list < 0 ? undefined : list);
  for (const error of told) {
    const [, index, ...below] = error.path ?? [];
    const own = typeof index === "number" ? (paths.get(index) ?? []) : [common];
    for (const path of own) errors.push(errorAt(error, [...path, ...below]));
  }
}

function subgraphOf({ subgraphs }: Execution, { subgraph: name }: Fetch) {
  const subgraph = subgraphs.get(name);
  invariant(subgraph, "a plan asks an unknown subgraph", { name });
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

/** What is told of an error, wherever it is. */
type Told = Pick<GraphQLFormattedError, "message" | "extensions">;

function errorAt(error: Told, path: Path | undefined): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message, {
    ...(path?.length && { path }),
    ...(extensions && { extensions: { ...extensions } }),
  });
}
