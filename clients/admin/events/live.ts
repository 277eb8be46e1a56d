// An event that is managed, as it changes: by the stream of its registrations.
import { useApolloClient } from "@apollo/client/react";
import { ManagedEventDocument, RegistrationUpdatedDocument } from "@meetinity/client/documents";
import { useEffect, useRef } from "react";

/** Of what the stream cannot tell: a change between the reading and the opening of the stream. */
const POLL_MS = 20_000;
/** Changes come in bursts: one reading is enough for those of such a time. */
const BURST_MS = 300;

/** Reads the event anew after changes of its registrations, and calls `onChange`. */
export function useLive(eventId: string, onChange: () => void): void {
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
