// The loader of questions for one request: one statement for any number of events.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { listQuestions, type QuestionRow } from "./store.ts";

export interface QuestionLoaders {
  /** The questions of an event that are asked, in order. */
  readonly questions: DataLoader<string, QuestionRow[]>;
}

export function createQuestionLoaders(database: Database): QuestionLoaders {
  return {
    questions: createLoader("questions", async (eventIds: readonly string[]) => {
      const rows = await listQuestions(database, eventIds);
      return eventIds.map((id) => rows.filter(({ eventId }) => eventId === id));
    }),
  };
}
