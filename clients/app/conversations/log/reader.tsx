// The rows of the log share this: the reader's language and dates, who the reader is, and the
// actions on messages.
import type { Message } from "@meetinity/client";
import type { DateReader } from "@meetinity/ui/i18n/dates.ts";
import type { TFunction } from "i18next";
import { createContext, useContext } from "react";

export interface MessageActions {
  reply(message: Message): void;
  edit(message: Message): void;
  askToDelete(message: Message): void;
  /** Asks before the message is deleted for the viewer alone. */
  askToHide(message: Message): void;
  copy(message: Message): void;
  react(message: Message, emoji: string, isAdded: boolean): void;
  /** Opens the menu of a message, beside `anchor`. */
  openMenu(message: Message, anchor: Element | null): void;
  /** Shows the emoji to choose from, beside `anchor`. */
  chooseReaction(message: Message, anchor: Element | null): void;
  /** Shows who has reacted. */
  showReactions(message: Message): void;
  jumpTo(seq: number): void;
  /** Jumps to a message of which only the id is known. */
  jumpToMessage(id: string): void;
  /** Opens the thread of a message beside the log. */
  openThread(message: Message): void;
  /** Shows the earlier texts of a message. */
  showEdits(message: Message): void;
  /** Asks where a message shall be forwarded. */
  forward(message: Message): void;
}

export interface Reader {
  readonly t: TFunction<"conversation">;
  readonly dates: DateReader;
  readonly conversationId: string;
  readonly viewerId: string | null;
  /** The addresses of pictures, by the ids of members. */
  readonly faces: ReadonlyMap<string, string>;
  /** In groups, messages of others have a name and a picture. */
  readonly isGroup: boolean;
  /** These are the replies of a thread: none of them begins another one. */
  readonly isInThread: boolean;
  /** Messages can be sent: there is something to reply, to edit and to react to. */
  readonly isOpen: boolean;
  readonly actions: MessageActions;
}

export const ReaderContext = createContext<Reader | null>(null);

export function useReader(): Reader {
  const reader = useContext(ReaderContext);
  if (!reader) throw new Error("This belongs inside the log of a conversation.");
  return reader;
}
