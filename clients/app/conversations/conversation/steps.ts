// From one state of the screen to the next. Pure.
import type { ConversationState } from "@meetinity/client";
import { changeOf, indexFrom } from "../log/list-change.ts";

type Shown = Pick<ConversationState, "messages" | "outgoing" | "hasLater">;

/**
 * The list of rows keeps its place when rows come in front, or when rows come behind; not when both
 * happen at once. Then the rows in front are shown first, and the rest follows.
 */
export function stepTo<State extends Shown>(shown: State, next: State): State {
  if (changeOf(shown.messages, next.messages) !== "earlier") return next;
  const lastSeq = shown.messages.at(-1)?.seq ?? 0;
  const end = indexFrom(next.messages, lastSeq + 1);
  const isSameBehind =
    end === next.messages.length &&
    shown.outgoing.length === next.outgoing.length &&
    shown.hasLater === next.hasLater;
  if (isSameBehind) return next;
  const { outgoing, hasLater } = shown;
  return { ...next, messages: next.messages.slice(0, end), outgoing, hasLater };
}
