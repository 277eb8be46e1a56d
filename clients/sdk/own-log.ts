// Applies the viewer's own log to a conversation: their actions on any device.
import type { Drafts } from "./drafts.ts";
import type { History } from "./history.ts";
import type { OwnView } from "./own-view.ts";
import type { Reading } from "./reading.ts";
import type { InboxEvent, Streams } from "./subscriptions.ts";

export interface OwnLogOptions {
  readonly conversationId: string;
  readonly streams: Pick<Streams, "inboxEvents">;
  readonly view: OwnView;
  readonly history: Pick<History, "hidden">;
  readonly drafts: Pick<Drafts, "learned">;
  readonly reading: Pick<Reading, "readUpTo" | "hidden">;
  readonly onThreadRead: (rootId: string, seq: number) => void;
  readonly onThreadFollowed: (rootId: string, isFollowing: boolean) => void;
  readonly onChange: () => void;
}

/** `resync` means that events are lost, and ends it. Returns how to stop. */
export function followOwnLog(options: OwnLogOptions, resync: () => void): () => void {
  let isOver = false;
  const close = options.streams.inboxEvents({
    next: (event) => apply(event, options),
    resync: () => isOver || resync(),
  });
  return () => {
    isOver = true;
    close();
  };
}

function apply(event: InboxEvent, options: OwnLogOptions): void {
  const { conversationId, view, history, reading, onThreadRead, onChange } = options;
  if (!("conversationId" in event) || event.conversationId !== conversationId) return;
  switch (event.__typename) {
    case "ConversationRead":
      reading.readUpTo(event.readSeq);
      return;
    case "ThreadRead":
      onThreadRead(event.threadRootId, event.readSeq);
      return;
    case "ThreadFollowed":
      options.onThreadFollowed(event.threadRootId, event.isFollowing);
      return;
    case "DraftChanged":
      options.drafts.learned(conversationId, event.draft);
      return;
    case "MessageHidden":
      view.hide(event.messageSeq);
      break;
    case "HistoryCleared":
      reading.readUpTo(event.clearedSeq);
      view.clear(event.clearedSeq);
      break;
    default:
      return;
  }
  history.hidden();
  reading.hidden();
  onChange();
}
