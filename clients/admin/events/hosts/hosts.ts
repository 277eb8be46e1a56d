// The hosts of an event, and what can be done with them.
import { useMutation, useQuery } from "@apollo/client/react";
import {
  AddHostDocument,
  ChangeHostDocument,
  EventHostsDocument,
  RemoveHostDocument,
  SearchUsersDocument,
} from "@meetinity/client/documents";
import type { EventHostsQuery, HostRight, SearchUsersQuery } from "@meetinity/client/operations";

type Hosting = NonNullable<EventHostsQuery["event"]>;
export type Host = Hosting["hosts"][number];

/** In the order in which they are shown. */
export const RIGHTS = ["EDIT", "CHECK_IN", "SEE_PEOPLE"] as const satisfies readonly HostRight[];

export function useHosts(eventId: string) {
  const { data, error, refetch } = useQuery(EventHostsDocument, {
    variables: { id: eventId },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const hosts = (data?.event as Hosting | null | undefined)?.hosts ?? null;
  return { hosts, error, retry: () => void refetch().catch(() => {}) };
}

/** Why somebody did not become a host; null when they are one. */
export type HostProblem = "HostUnavailableProblem" | "TooManyHostsProblem" | null;

export function useHostChanges(eventId: string) {
  const [add] = useMutation(AddHostDocument, { context: { isSafeToRepeat: true } });
  const [change] = useMutation(ChangeHostDocument, { context: { isSafeToRepeat: true } });
  const [remove] = useMutation(RemoveHostDocument, { context: { isSafeToRepeat: true } });
  return {
    async add(userId: string, rights: readonly HostRight[]): Promise<HostProblem> {
      const input = { eventId, userId, rights: [...rights] };
      const { data } = await add({ variables: { input } });
      const name = data?.addHost?.__typename;
      return name === "HostUnavailableProblem" || name === "TooManyHostsProblem" ? name : null;
    },
    async change(userId: string, rights: readonly HostRight[]): Promise<void> {
      await change({ variables: { input: { eventId, userId, rights: [...rights] } } });
    },
    async remove(userId: string): Promise<void> {
      await remove({ variables: { input: { eventId, userId } } });
    },
  };
}

const FOUND_MAX = 5;

/** People whose name has these words; none without words. */
export function useFoundPeople(search: string) {
  const { data, previousData } = useQuery(SearchUsersDocument, {
    variables: { first: FOUND_MAX, search },
    skip: search === "",
  });
  if (search === "") return [];
  const users = (data ?? previousData)?.users as SearchUsersQuery["users"] | undefined;
  return users?.edges.map(({ node }) => node) ?? null;
}
