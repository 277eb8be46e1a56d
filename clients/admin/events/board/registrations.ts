// The registrations of an event, page by page, and kept up to date by the stream of their changes.
import { useApolloClient, useQuery } from "@apollo/client/react";
import {
  EventRegistrationsDocument,
  ManagedEventDocument,
  RegistrationUpdatedDocument,
} from "@meetinity/client/documents";
import type { EventRegistrationsQuery, RegistrationStatus } from "@meetinity/client/operations";
import { useEffect, useRef } from "react";
import { type List, listOf } from "../../parts/list.ts";

type Connection = NonNullable<NonNullable<EventRegistrationsQuery["event"]>["registrations"]>;
export type Registration = Connection["edges"][number]["node"];

interface Wanted {
  readonly eventId: string;
  /** Null for all. */
  readonly status: RegistrationStatus | null;
  readonly search: string;
}

const PAGE = 50;
/** Of what the stream cannot tell: a change between the reading and the opening of the stream. */
const POLL_MS = 20_000;

export function useRegistrations({ eventId, status, search }: Wanted): List<Registration> {
  const { data, ...reading } = useQuery(EventRegistrationsDocument, {
    variables: { id: eventId, first: PAGE, status, search: search === "" ? null : search },
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

/** Changes come in bursts: one reading is enough for those of such a time. */
const BURST_MS = 300;

/** Reads the event anew after changes of its registrations, and calls `onChange`. */
function useLive(eventId: string, onChange: () => void): void {
  const apollo = useApolloClient();
  const listener = useRef(onChange);
  listener.current = onChange;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      listener.current();
      const event = { query: ManagedEventDocument, variables: { id: eventId } };
      void apollo.query({ ...event, fetchPolicy: "network-only" }).catch(() => {});
    };
    const changed = () => {
      timer ??= setTimeout(read, BURST_MS);
    };
    const polling = setInterval(changed, POLL_MS);
    // When the stream has lost events or has ended, polling goes on.
    const subscription = apollo
      .subscribe({ query: RegistrationUpdatedDocument, variables: { eventId } })
      .subscribe({ next: changed, error: changed });
    return () => {
      subscription.unsubscribe();
      clearInterval(polling);
      clearTimeout(timer);
    };
  }, [apollo, eventId]);
}
