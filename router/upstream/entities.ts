// Collects what one turn of this process wants to know of entities by the same query, for the same
// identity, into one request, and gives each who asked its own part of the answer.
import { setImmediate } from "node:timers/promises";
import type { GraphQLFormattedError } from "graphql";
import { type Answer, readAnswer } from "./answer.ts";
import { copyJson } from "./copy.ts";
import type { Flight } from "./flights.ts";
import type { Caller, SubgraphRequest } from "./subgraph.ts";

/** Entities by their representations in JSON. */
export interface EntityRequest {
  readonly request: SubgraphRequest;
  readonly representations: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly asker: Caller;
}

/** A request that may still grow, until its turn ends. */
interface Batch {
  /** Representations and their places in it. */
  readonly places: Map<string, number>;
  readonly flight: Promise<Flight>;
  answer: Answer | null;
  takers: number;
  /** The places that have been handed out: who is next gets a copy. */
  readonly taken: Set<number>;
}

type Begin = (asked: Omit<EntityRequest, "representations">, body: string) => Flight;

/** A subgraph takes no more in one body. */
const REPRESENTATIONS_MAX = 1_000;

export function createEntities(begin: Begin): (asked: EntityRequest) => Promise<Answer> {
  const open = new Map<string, Batch>();

  function batchFor(key: string, asked: EntityRequest, others: string): Batch {
    const known = open.get(key);
    if (known && known.places.size + asked.representations.length <= REPRESENTATIONS_MAX) {
      return known;
    }
    const places = new Map<string, number>();
    const flight = setImmediate().then(() => {
      if (open.get(key) === batch) open.delete(key);
      const texts = [...places.keys()].join(",");
      return begin(asked, `${asked.request.head}{"representations":[${texts}]${others}}}`);
    });
    const batch: Batch = { places, flight, answer: null, takers: 0, taken: new Set() };
    open.set(key, batch);
    return batch;
  }

  return async (asked) => {
    const { request, representations, variables, asker } = asked;
    const names = Object.keys(variables);
    const others = names.length > 0 ? `,${JSON.stringify(variables).slice(1, -1)}` : "";
    const key = `${asker.needsFreshReads} ${asker.isMutation} ${asker.token} ${request.head} ${others}`;
    const batch = batchFor(key, asked, others);
    batch.takers += 1;
    const places = representations.map((text) => {
      const place = batch.places.get(text) ?? batch.places.size;
      batch.places.set(text, place);
      return place;
    });
    const flight = await batch.flight;
    const raw = await flight.wait(asker.deadline);
    batch.answer ??= readAnswer(raw);
    return batch.takers === 1 ? batch.answer : partOf(batch, batch.answer, places);
  };
}

function partOf({ taken }: Batch, { data, errors }: Answer, places: readonly number[]): Answer {
  const all = data?._entities;
  const own = errors?.flatMap((error) => ownError(error, places));
  const entities = Array.isArray(all)
    ? places.map((place) => {
        const isFirst = !taken.has(place);
        taken.add(place);
        return isFirst ? all[place] : copyJson(all[place]);
      })
    : all;
  return { data: data && { _entities: entities }, ...(own?.length && { errors: own }) };
}

/** An error of none of the entities is everybody's. */
function ownError(
  error: GraphQLFormattedError,
  places: readonly number[],
): GraphQLFormattedError[] {
  const [root, place, ...below] = error.path ?? [];
  if (root === undefined || typeof place !== "number") return [error];
  const own = places.indexOf(place);
  return own < 0 ? [] : [{ ...error, path: [root, own, ...below] }];
}
