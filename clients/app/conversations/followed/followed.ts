// The threads that the viewer follows, and how many of them have unread replies: one state for the
// tab. It is read anew a moment after events that may change it, once for all of them.
import { createObservable, type InboxEvent } from "@meetinity/client";
import {
  FollowedThreads,
  type FollowedThreadsQuery,
  FollowThread,
  UnreadThreads,
} from "@meetinity/client/operations";
import { onReturn } from "@meetinity/ui/offline/away.ts";
import { client } from "../../shell/client.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";

type Node = FollowedThreadsQuery["followedThreads"]["edges"][number]["node"];

export interface FollowedThread extends Node {
  /** That of the message with which it begins. */
  readonly id: string;
  readonly root: NonNullable<Node["root"]>;
}

interface Summary {
  /** The viewer follows at least one. */
  readonly hasAny: boolean;
  readonly unread: number;
}

/** The state is read once for all events of so long. */
const REREAD_MS = 500;

const CHANGING: ReadonlySet<string> = new Set([
  "ThreadRead",
  "ThreadFollowed",
  "MessageHidden",
  "HistoryCleared",
  "ConversationSettingsChanged",
  "ConversationRemoved",
]);

/** Whether an event may change the list or its count. */
function changesThreads(event: InboxEvent): boolean {
  if (CHANGING.has(event.__typename)) return true;
  return "message" in event && !!event.message?.threadRootId;
}

function createFollowed(viewerId: string) {
  const summary = createObservable<Summary>({ hasAny: false, unread: 0 });
  const pages = new Pages<FollowedThread>(async (after, first) => {
    const variables = first === null ? { after } : { after, first };
    const { followedThreads } = await client.run(FollowedThreads, variables, { viewerId });
    const { items, next } = pageOf(followedThreads);
    const shown = items.flatMap(({ root, ...thread }) =>
      root ? [{ ...thread, root, id: thread.rootId }] : [],
    );
    return { items: shown, next };
  });
  async function count(): Promise<void> {
    try {
      const { me, followedThreads } = await client.run(UnreadThreads, {}, { viewerId });
      const hasAny = followedThreads.pageInfo.endCursor !== null;
      summary.set({ hasAny, unread: me?.unreadThreads ?? 0 });
    } catch {
      // The next event asks anew, and so does the return of the network.
    }
  }

  /** Follows the inbox, and reads anew a moment after what matters. Returns how to stop. */
  function follow(read: () => unknown): () => void {
    let due: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      due ??= setTimeout(() => {
        due = undefined;
        read();
      }, REREAD_MS);
    };
    const closers = [
      client.streams.inboxEvents({
        next: (event) => {
          if (changesThreads(event)) soon();
        },
        resync: soon,
      }),
      onReturn(client, soon),
    ];
    return () => {
      clearTimeout(due);
      for (const close of closers) close();
    };
  }

  return {
    pages,
    summary,
    /** For the way to the list. */
    followSummary(): () => void {
      void count();
      return follow(count);
    },
    followList(): () => void {
      void pages.reload();
      return follow(() => pages.refresh());
    },
    /** Stops to follow a thread. Rejects when that could not be done. */
    async leave(messageId: string): Promise<void> {
      const input = { messageId, isFollowing: false };
      await client.run(FollowThread, { input }, { isSafeToRepeat: true, viewerId });
      pages.remove(messageId);
    },
  };
}

export const followedOf = onePerViewer(createFollowed);
