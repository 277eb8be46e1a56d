// The registrations of an event, page by page, and kept up to date by the stream of their changes.
import { useQuery } from "@apollo/client/react";
import { EventRegistrationsDocument } from "@meetinity/client/documents";
import type { EventRegistrationsQuery, RegistrationStatus } from "@meetinity/client/operations";
import { type List, listOf } from "../../parts/list.ts";
import { useLive } from "../live.ts";

type Connection = NonNullable<NonNullable<EventRegistrationsQuery["event"]>["registrations"]>;
export type Registration = Connection["edges"][number]["node"];

interface Wanted {
  readonly eventId: string;
  /** Null for all. */
  readonly status: RegistrationStatus | null;
  readonly search: string;
  /** Null for all, and those without one. */
  readonly ticketType: string | null;
}

const PAGE = 50;

export function useRegistrations({
  eventId,
  status,
  search,
  ticketType,
}: Wanted): List<Registration> {
  const { data, ...reading } = useQuery(EventRegistrationsDocument, {
    variables: {
      ...{ id: eventId, first: PAGE, status, ticketType },
      search: search === "" ? null : search,
    },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const list = listOf(data?.event?.registrations as Connection | undefined, reading);
  // Reading the first page again would take the further ones from under the reader's eyes.
  const isFirstPage = (list.rows?.length ?? 0) <= PAGE;
  useLive(eventId, () => {
    if (isFirstPage) list.retry();
  });
  return list;
}
