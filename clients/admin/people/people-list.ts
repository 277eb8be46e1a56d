// People by name, as far as they are loaded.
import { useQuery } from "@apollo/client/react";
import { SearchUsersDocument } from "@meetinity/client/documents";
import type { SearchUsersQuery } from "@meetinity/client/operations";
import { type List, listOf } from "../parts/list.ts";

type Connection = SearchUsersQuery["users"];
type Found = Connection["edges"][number]["node"];

const PAGE = 25;

export function usePeople(search: string): List<Found> {
  const { data, ...reading } = useQuery(SearchUsersDocument, {
    variables: { first: PAGE, search: search === "" ? null : search },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  return listOf(data?.users as Connection | undefined, reading);
}
