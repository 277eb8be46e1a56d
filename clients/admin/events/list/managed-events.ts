// The events that the viewer manages, by stage, as far as they are loaded.
import { useQuery } from "@apollo/client/react";
import { ManagedEventsDocument } from "@meetinity/client/documents";
import type { EventStage, ManagedEventsQuery } from "@meetinity/client/operations";
import { type List, listOf } from "../../parts/list.ts";

type Connection = ManagedEventsQuery["managedEvents"];
export type ManagedEvent = Connection["edges"][number]["node"];

/** In the order of the tabs. */
export const STAGES = ["COMING", "DRAFT", "PAST", "CANCELLED"] as const satisfies EventStage[];
export type Stage = (typeof STAGES)[number];

const PAGE = 25;

export function useManagedEvents(stage: Stage, search: string): List<ManagedEvent> {
  const { data, ...reading } = useQuery(ManagedEventsDocument, {
    variables: { first: PAGE, stage, search: search === "" ? null : search },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  return listOf(data?.managedEvents as Connection | undefined, reading);
}
