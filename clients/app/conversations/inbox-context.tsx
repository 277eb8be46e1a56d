// The list of conversations, open as long as one person is signed in, whatever page they look at.
import type { Inbox, InboxState, Observable } from "@meetinity/client";
import { openInbox } from "@meetinity/client/inbox";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useUnreadInTitle } from "@meetinity/ui/shell/title.ts";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { client } from "../shell/client.ts";

interface OpenInbox {
  readonly state: InboxState;
  /** Rejects when the next page cannot be read. */
  loadMore(): Promise<void>;
  /** Opens the list anew, after it has failed. */
  retry(): void;
}

const NOT_OPEN: Observable<InboxState> = {
  getSnapshot: () => LOADING,
  subscribe: () => () => {},
};
const LOADING: InboxState = {
  status: "loading",
  error: null,
  rows: [],
  hasMore: false,
};

const InboxContext = createContext<OpenInbox | null>(null);

export function useInbox(): OpenInbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error("There is no InboxProvider around this.");
  return inbox;
}

/** Another person has another list. */
export function InboxProvider({ children }: { readonly children: ReactNode }) {
  const { viewerId } = useObservable(client.session);
  return <OneInbox key={viewerId}>{children}</OneInbox>;
}

/** Each is another one, so that the list is opened anew. */
const newOpening = () => ({ open: () => openInbox(client) });

function OneInbox({ children }: { readonly children: ReactNode }) {
  const [opening, setOpening] = useState(newOpening);
  const [inbox, setInbox] = useState<Inbox | null>(null);
  useEffect(() => {
    const opened = opening.open();
    setInbox(opened);
    return () => opened.close();
  }, [opening]);
  const state = useObservable(inbox ?? NOT_OPEN);
  useUnreadInTitle(state.rows.reduce((sum, { unreadCount }) => sum + unreadCount, 0));
  const value = useMemo<OpenInbox>(
    () => ({
      state,
      loadMore: async () => inbox?.loadMore(),
      retry: () => setOpening(newOpening),
    }),
    [state, inbox],
  );
  return <InboxContext value={value}>{children}</InboxContext>;
}
