// Lists and retries what was given up in this subgraph.

import type { PageArgs } from "#kit/data/pagination";
import { failedJobs } from "#kit/jobs/failed";
import type { Context } from "../context.ts";

const failed = failedJobs({ hasLetters: true });

export function listFailedJobs({ database }: Context, args: PageArgs) {
  return failed.list(database, args);
}

export function retryFailedJob({ database }: Context, id: string) {
  return failed.retry(database, id);
}
