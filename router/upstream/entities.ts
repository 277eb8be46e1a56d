// Batches entity fetches: those of one turn of this process with the same query and identity are
// one request, and each caller gets its own part of the answer.
import { setImmediate } from "node:timers/promises";
import type { GraphQLFormattedError } from "graphql";
import { type Answer, readAnswer } from "./answer.ts";
import { copyJson } from "./copy.ts";
import type { Flight } from "./flights.ts";
import type { Caller, SubgraphRequest } from "./subgraph.ts";

export interface EntityFetch {
  readonly request: SubgraphRequest;
  /** In JSON. */
  readonly representations: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

/** A request that other fetches may join until its turn ends. */
interface Batch {
  /** Each representation with its index in the request. */
  readonly indexes: Map<string, number>;
  readonly flight: Promise<Flight>;
  answer: Answer | null;
  callers: number;
  /** Indexes of entities that one caller has: the next gets a copy. */
  readonly handedOut: Set<number>;
}

type Begin = (fetch: Omit<EntityFetch, "representations">, body: string) => Flight;

/** A subgraph accepts no more in one request. */
const REPRESENTATIONS_MAX = 1_000;

/** Begins each batch with `begin`. */
export function createEntities(begin: Begin): (fetch: EntityFetch) => Promise<Answer> {
  const open = new Map<string, Batch>();

  function batchFor(key: string, fetch: EntityFetch, variables: string): Batch {
    const known = open.get(key);
    if (known && known.indexes.size + fetch.representations.length <= REPRESENTATIONS_MAX) {
      return known;
    }
    const indexes = new Map<string, number>();
    const flight = setImmediate().then(() => {
      if (open.get(key) === batch) open.delete(key);
      const texts = [...indexes.keys()].join(",");
      return begin(fetch, `${fetch.request.head}{"representations":[${texts}]${variables}}}`);
    });
    const batch: Batch = { indexes, flight, answer: null, callers: 0, handedOut: new Set() };
    open.set(key, batch);
    return batch;
  }

  return async (fetch) => {
    const { request, representations, caller } = fetch;
    const names = Object.keys(fetch.variables);
    const variables = names.length > 0 ? `,${JSON.stringify(fetch.variables).slice(1, -1)}` : "";
    const { needsFreshReads, isMutation, token } = caller;
    const key = `${needsFreshReads} ${isMutation} ${token} ${request.head} ${variables}`;
    const batch = batchFor(key, fetch, variables);
    batch.callers += 1;
    const own = representations.map((text) => {
      const index = batch.indexes.get(text) ?? batch.indexes.size;
      batch.indexes.set(text, index);
      return index;
    });
    const flight = await batch.flight;
    const raw = await flight.wait(caller.deadline);
    batch.answer ??= readAnswer(raw);
    return batch.callers === 1 ? batch.answer : partOf(batch, batch.answer, own);
  };
}

function partOf({ handedOut }: Batch, { data, errors }: Answer, own: readonly number[]): Answer {
  const all = data?._entities;
  const ownErrors = errors?.flatMap((error) => ownError(error, own));
  const entities = Array.isArray(all)
    ? own.map((index) => {
        const isFirst = !handedOut.has(index);
        handedOut.add(index);
        return isFirst ? all[index] : copyJson(all[index]);
      })
    : all;
  return {
    data: data && { _entities: entities },
    ...(ownErrors?.length && { errors: ownErrors }),
  };
}

/** An error that belongs to no single entity goes to every caller. */
function ownError(error: GraphQLFormattedError, own: readonly number[]): GraphQLFormattedError[] {
  const [root, index, ...below] = error.path ?? [];
  if (root === undefined || typeof index !== "number") return [error];
  const ownIndex = own.indexOf(index);
  return ownIndex < 0 ? [] : [{ ...error, path: [root, ownIndex, ...below] }];
}
