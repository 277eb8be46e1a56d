// The line "New messages" of a screen.
import type { ConversationState } from "@meetinity/client";
import { useState } from "react";
import { isReaderThere } from "./reader-there.ts";
import { nextUnreadMark } from "./unread-mark.ts";

/** The `seq` of the first message behind the line; null: there is no line. */
export function useUnreadMark(state: ConversationState, viewerId: string | null): number | null {
  const [mark, setMark] = useState(state.firstUnreadSeq);
  const next = nextUnreadMark(mark, state, viewerId, isReaderThere());
  if (next !== mark) setMark(next);
  return next;
}
