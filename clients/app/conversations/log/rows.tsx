// Renders the row at an index of the log. Its grouping among its neighbours is computed here, so
// that a row whose neighbours stay as they are does not render anew.
import type { ConversationState } from "@meetinity/client";
import { formatDay } from "@meetinity/ui/i18n/dates.ts";
import { type ReactElement, useMemo } from "react";
import { type GroupedMessage, groupingOf, startOfDay } from "./grouping.ts";
import { NO_HAPPENINGS, placedHappenings, shownHappenings } from "./happenings.ts";
import { indexOfSeq } from "./list-change.ts";
import { MessageRow } from "./message-row.tsx";
import { OutgoingRow } from "./outgoing-row.tsx";
import { quotedBy } from "./quoted.ts";
import { useReader } from "./reader.tsx";
import { useUnreadMark } from "./use-unread-mark.ts";

interface Shown {
  readonly state: ConversationState;
  readonly highlighted: number | null;
}

/** Messages on their way stand behind the latest message, when that is here. */
export function outgoingOf({
  hasLater,
  outgoing,
}: ConversationState): ConversationState["outgoing"] {
  return hasLater ? [] : outgoing;
}

/** `reachable` is the index of the message that the tab key reaches. */
export function useRows(
  { state, highlighted }: Shown,
  reachable: number,
): (_: unknown, index: number) => ReactElement {
  const { dates, viewerId, isGroup } = useReader();
  const { messages, happenings, hasEarlier, hasLater } = state;
  const outgoing = outgoingOf(state);
  const placed = useMemo(
    () =>
      placedHappenings({ messages, happenings: shownHappenings(happenings, isGroup), hasLater }),
    [messages, happenings, isGroup, hasLater],
  );
  const unreadFrom = useUnreadMark(state, viewerId);
  const unreadIndex = unreadFrom === null ? -1 : indexOfSeq(messages, unreadFrom);

  function groupedAt(index: number): GroupedMessage | null {
    const message = messages[index];
    if (message) return { senderId: message.sender?.id ?? null, at: Date.parse(message.createdAt) };
    const own = outgoing[index - messages.length];
    return own ? { senderId: own.senderId, at: Date.now() } : null;
  }

  return (_, index) => {
    const sent = groupedAt(index) ?? { senderId: null, at: 0 };
    // Lines of unread messages and of happenings end a group too.
    const hasLine = (at: number) => at === unreadIndex || placed.has(at);
    const before = hasLine(index) ? null : groupedAt(index - 1);
    const after = hasLine(index + 1) ? null : groupedAt(index + 1);
    const grouping = groupingOf(before, sent, after);
    const startsDay =
      index === 0 || startOfDay(groupedAt(index - 1)?.at ?? 0) !== startOfDay(sent.at);
    const first = hasEarlier ? ("loading" as const) : ("beginning" as const);
    const common = {
      above: index === 0 ? first : null,
      day: startsDay ? formatDay(new Date(sent.at).toISOString(), dates) : null,
      isUnreadMark: index === unreadIndex,
      happenings: placed.get(index) ?? NO_HAPPENINGS,
      ...grouping,
    };
    const message = messages[index];
    const waiting = outgoing[index - messages.length];
    // The same key before and behind the answer of the server: the row stays.
    const key = `${sent.senderId} ${(message ?? waiting)?.clientMessageId}`;
    if (waiting) {
      const quoted = quotedBy(waiting, messages);
      return <OutgoingRow key={key} {...common} message={waiting} quoted={quoted} />;
    }
    if (!message) return <div key={key} />;
    const quoted = quotedBy(message, messages);
    const isHighlighted = message.seq === highlighted;
    const isReachable = index === reachable;
    const isLast = index + 1 === messages.length && outgoing.length === 0;
    const below = (isLast && placed.get(index + 1)) || NO_HAPPENINGS;
    const own = { message, quoted, below, isReachable, isHighlighted };
    return <MessageRow key={key} {...common} {...own} />;
  };
}
