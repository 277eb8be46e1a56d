// The purpose of the text field: a new message, a reply or an edit. The text of a new message is
// kept as a draft, on all devices.
import type { Conversation, ConversationState, Message } from "@meetinity/client";
import { useCallback, useState } from "react";
import { charactersLeft, sendable } from "./length.ts";
import { useDraft } from "./use-draft.ts";
import { type Mentioning, useMentions } from "./use-mentions.ts";
import { type Purpose, usePurpose } from "./use-purpose.ts";
import { type Conflict, useSaving } from "./use-saving.ts";

export interface Composing {
  /** Null: there is nothing to choose. */
  readonly conflict: Conflict | null;
  readonly purpose: Purpose;
  readonly text: string;
  /** Null while there is plenty. Negative: so many characters too many. */
  readonly left: number | null;
  readonly canSend: boolean;
  readonly isSaving: boolean;
  /** Changes when the field shall have the focus. */
  readonly focusRequest: number;
  readonly begin: (purpose: Purpose) => void;
  readonly change: (text: string) => void;
  /** Edits the viewer's latest message. */
  readonly editLatest: () => void;
  /** Back to writing a new message. */
  readonly cancel: () => void;
  readonly send: () => void;
  readonly mentioning: Mentioning;
  readonly draft: ReturnType<typeof useDraft>;
}

interface ComposingOptions {
  readonly conversation: Pick<Conversation, "send" | "edit" | "setTyping">;
  readonly conversationId: string;
  readonly state: Pick<ConversationState, "messages" | "hasLater" | "members" | "viewerRights">;
  readonly viewerId: string | null;
  /** A message is on its way. */
  readonly onSent: () => void;
}

export function useComposing(options: ComposingOptions): Composing {
  const { conversation, conversationId, state, viewerId, onSent } = options;
  const draft = useDraft(conversationId);
  const { purpose, begin: beginWith, end } = usePurpose(draft, state.messages);
  const [edited, setEdited] = useState("");
  const [focusRequest, setFocusRequest] = useState(0);
  const mentioning = useMentions(state, viewerId);
  const isEdit = purpose.kind === "edit";
  const text = isEdit ? edited : draft.text;
  const left = charactersLeft(text);
  const { choose, mentionedIn } = mentioning;
  const begin = useCallback(
    (next: Purpose) => {
      if (next.kind === "edit") {
        setEdited(next.message.body ?? "");
        for (const { user } of next.message.mentions) if (user) choose(user.id);
      }
      beginWith(next);
      setFocusRequest((count) => count + 1);
    },
    [choose, beginWith],
  );
  const cancel = useCallback(() => begin({ kind: "write" }), [begin]);
  const { isSaving, conflict, save } = useSaving(conversation, mentionedIn, cancel);
  const canSend = !isSaving && sendable(text) !== "" && (left === null || left >= 0);

  function change(next: string): void {
    if (isEdit) {
      setEdited(next);
      return;
    }
    draft.write(next, purpose.kind === "reply" ? purpose.message.id : draft.replyToId);
    conversation.setTyping(next !== "");
  }

  function send(): void {
    if (!canSend) return;
    if (isEdit) return void save(purpose.message, sendable(edited));
    const body = sendable(draft.text);
    const replyToId = purpose.kind === "reply" ? purpose.message.id : null;
    conversation.send(body, replyToId, mentionedIn(body));
    change("");
    end();
    setFocusRequest((count) => count + 1);
    onSent();
  }

  function editLatest(): void {
    const message = state.hasLater ? undefined : latestOwn(state.messages, viewerId);
    if (message) begin({ kind: "edit", message });
  }

  return {
    ...{ purpose, text, left, canSend, isSaving, focusRequest, conflict },
    ...{ begin, change, editLatest, cancel, send, mentioning, draft },
  };
}

function latestOwn(messages: readonly Message[], viewerId: string | null): Message | undefined {
  return messages.findLast(({ sender, body }) => sender?.id === viewerId && body !== null);
}
