// The list of conversations, open as long as one person is signed in, whatever page they look at.
import type { Inbox, InboxState, Observable } from "@meetinity/client";
import { openInbox } from "@meetinity/client/inbox";
import type { ConversationFilter } from "@meetinity/client/operations";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useUnreadInTitle } from "@meetinity/ui/shell/title.ts";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { client } from "../shell/client.ts";
import { filterOf, type ListName } from "./list/lists.ts";

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
  ...{ status: "loading", error: null, rows: [], hasMore: false },
  ...{ totalUnread: 0, unreadMentions: 0 },
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
  return <AllOfViewer key={viewerId}>{children}</AllOfViewer>;
}

function AllOfViewer({ children }: { readonly children: ReactNode }) {
  const value = useOpening("ALL");
  const { totalUnread, unreadMentions } = value.state;
  useUnreadInTitle(totalUnread, unreadMentions);
  return <InboxContext value={value}>{children}</InboxContext>;
}

interface InboxOfProps {
  readonly list: ListName | undefined;
  readonly children: ReactNode;
}

/** The list that is shown: that of all is open anyway, another one as long as it is shown. */
export function InboxOf({ list, children }: InboxOfProps) {
  const { viewerId } = useObservable(client.session);
  if (list === undefined) return children;
  return (
    <Part key={`${list} ${viewerId}`} filter={filterOf(list)}>
      {children}
    </Part>
  );
}

interface PartProps {
  readonly filter: ConversationFilter;
  readonly children: ReactNode;
}

function Part({ filter, children }: PartProps) {
  return <InboxContext value={useOpening(filter)}>{children}</InboxContext>;
}

/** Each is another one, so that the list is opened anew. */
const newOpening = (filter: ConversationFilter) => ({ open: () => openInbox(client, filter) });

function useOpening(filter: ConversationFilter): OpenInbox {
  const [opening, setOpening] = useState(() => newOpening(filter));
  const [inbox, setInbox] = useState<Inbox | null>(null);
  useEffect(() => {
    const opened = opening.open();
    setInbox(opened);
    return () => opened.close();
  }, [opening]);
  const state = useObservable(inbox ?? NOT_OPEN);
  return useMemo<OpenInbox>(
    () => ({
      state,
      loadMore: async () => inbox?.loadMore(),
      retry() {
        client.wake();
        setOpening(newOpening(filter));
      },
    }),
    [state, inbox, filter],
  );
}
