// Work in the background that was given up, of all subgraphs, and how it is tried again.
import { useMutation, useQuery } from "@apollo/client/react";
import {
  FailedJobsDocument,
  RetryEventsFailedJobDocument,
  RetryMatchingFailedJobDocument,
  RetryMessagingFailedJobDocument,
  RetryUsersFailedJobDocument,
} from "@meetinity/client/documents";
import type { FailedJobsQuery } from "@meetinity/client/operations";

export const SUBGRAPHS = ["users", "events", "matching", "messaging"] as const;
export type Subgraph = (typeof SUBGRAPHS)[number];

type Page = FailedJobsQuery["usersFailedJobs"];
type Node = Page["edges"][number]["node"];

export interface FailedJob extends Node {
  readonly subgraph: Subgraph;
}

interface FailedJobs {
  /** The newest first; null until they are there. */
  readonly jobs: readonly FailedJob[] | null;
  /** Whether there are more than are shown. */
  readonly hasMore: boolean;
  readonly error: unknown;
  read(): void;
}

const FIRST = 50;

export function useFailedJobs(): FailedJobs {
  const { data, error, refetch } = useQuery(FailedJobsDocument, {
    variables: { first: FIRST },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const pages = SUBGRAPHS.map((subgraph) => ({
    subgraph,
    page: data?.[`${subgraph}FailedJobs`] as Page | undefined,
  }));
  const jobs = pages.flatMap(({ subgraph, page }) =>
    (page?.edges ?? []).map(({ node }) => ({ ...node, subgraph })),
  );
  jobs.sort((one, other) => other.failedAt.localeCompare(one.failedAt));
  return {
    jobs: data ? jobs : null,
    hasMore: pages.some(({ page }) => page?.pageInfo.hasNextPage),
    error,
    read: () => void refetch().catch(() => {}),
  };
}

/** Tries a job again. Rejects when that could not be done. */
export function useRetry(): (job: FailedJob) => Promise<void> {
  const options = { context: { isSafeToRepeat: true } };
  const retries = {
    users: useMutation(RetryUsersFailedJobDocument, options)[0],
    events: useMutation(RetryEventsFailedJobDocument, options)[0],
    matching: useMutation(RetryMatchingFailedJobDocument, options)[0],
    messaging: useMutation(RetryMessagingFailedJobDocument, options)[0],
  };
  return async ({ subgraph, id }) => {
    await retries[subgraph]({ variables: { input: { id } } });
  };
}
