// The loaders of message requests for one request: always of its viewer.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import {
  countRequests,
  listRequests,
  type MessageRequestRow,
  type RequestPosition,
} from "./store.ts";

export interface RequestLoaders {
  /** The requests that wait for the viewer, whose id is the parent's id. */
  readonly requests: PagesLoader<RequestPosition, MessageRequestRow>;
  /** How many requests wait for the viewer, by their id. */
  readonly requestCount: DataLoader<string, number>;
}

export function createRequestLoaders(database: Database, viewer: Viewer | null): RequestLoaders {
  return {
    requests: pagesLoader(
      "requests",
      async (_readers, page) => (viewer ? listRequests(database, viewer.id, page) : []),
      () => viewer?.id ?? "",
    ),
    requestCount: createLoader("requestCount", (ids) => countRequests(database, ids)),
  };
}
