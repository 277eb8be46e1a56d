// The viewer's sessions, and how they end: at once on the screen, and back if the server refuses.
import type { ApolloCache } from "@apollo/client";
import { useMutation, useQuery } from "@apollo/client/react";
import {
  EndOtherSessionsDocument,
  EndSessionDocument,
  SessionsDocument,
} from "@meetinity/client/documents";
import type { SessionsQuery } from "@meetinity/client/operations";

type Page = NonNullable<NonNullable<SessionsQuery["me"]>["sessions"]>;
export type DeviceSession = Page["edges"][number]["node"];

interface Sessions {
  readonly sessions: readonly DeviceSession[] | null;
  readonly error: unknown;
  retry(): void;
  /** Null at the end of the list. */
  readonly loadMore: (() => Promise<void>) | null;
}

export function useSessions(): Sessions {
  const { data, error, refetch, fetchMore } = useQuery(SessionsDocument, {
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.me?.sessions as Page | null | undefined;
  const { hasNextPage = false, endCursor: after = null } = page?.pageInfo ?? {};
  return {
    sessions: page?.edges.map(({ node }) => node) ?? null,
    error,
    retry: () => void refetch().catch(() => {}),
    loadMore: hasNextPage ? () => fetchMore({ variables: { after } }).then(() => {}) : null,
  };
}

/** Ends a session. Rejects when that could not be done; then it is in the list again. */
export function useEndSession(): (id: string) => Promise<void> {
  const [end] = useMutation(EndSessionDocument, { context: { isSafeToRepeat: true } });
  return async (sessionId) => {
    await end({
      variables: { input: { sessionId } },
      optimisticResponse: { endSession: { __typename: "EndSessionSuccess", sessionId } },
      update: (cache) => remove(cache, [sessionId]),
    });
  };
}

/** Ends these and all others but the viewer's own. Returns how many there were. */
export function useEndOtherSessions(): (shown: readonly DeviceSession[]) => Promise<number> {
  const [end] = useMutation(EndOtherSessionsDocument, { context: { isSafeToRepeat: true } });
  return async (shown) => {
    const ids = shown.flatMap(({ id, isCurrent }) => (isCurrent ? [] : [id]));
    const { data } = await end({
      optimisticResponse: {
        endOtherSessions: { __typename: "EndOtherSessionsSuccess", endedCount: ids.length },
      },
      update: (cache) => remove(cache, ids),
    });
    return data?.endOtherSessions?.endedCount ?? 0;
  };
}

function remove(cache: ApolloCache, ids: readonly string[]): void {
  for (const id of ids) cache.evict({ id: `Session:${id}` });
}
