// The pages of open reviews of names. The SDL says who may read them.
import type { Page } from "#kit/data/pagination";
import type { Database } from "../../database.ts";
import { listOpenReviews, type NameReviewRow } from "./store.ts";

export interface NameLoaders {
  /** A page of open reviews and one more, oldest first. */
  nameReviews(page: Page<string>): Promise<NameReviewRow[]>;
}

export function createNameLoaders(database: Database): NameLoaders {
  return { nameReviews: (page) => listOpenReviews(database, page) };
}
