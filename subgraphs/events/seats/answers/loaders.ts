// The loader of answers for one request: constant statements for any number of registrations.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { type AnswerRow, listAnswers } from "./store.ts";

/** More than are asked at a time. Exports have all. */
const SHOWN_MAX = 20;

export interface AnswerLoaders {
  /** The answers of a registration, without a check of who may see them. */
  readonly answers: DataLoader<string, AnswerRow[]>;
}

export function createAnswerLoaders(database: Database): AnswerLoaders {
  return {
    answers: createLoader("answers", async (ids: readonly string[]) => {
      const answersOf = new Map<string, AnswerRow[]>(ids.map((id) => [id, []]));
      for (const row of await listAnswers(database, ids)) {
        answersOf.get(row.registrationId)?.push(row);
      }
      return ids.map((id) => (answersOf.get(id) ?? []).slice(0, SHOWN_MAX));
    }),
  };
}
