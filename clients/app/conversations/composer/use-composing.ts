// The purpose of the text field: a new message, a reply or an edit. The text of a new message is
// kept as a draft, on all devices.
import type { Conversation, ConversationState, Message, OutgoingFile } from "@meetinity/client";
import { useCallback, useState } from "react";
import type { Recording } from "../attachments/tray.ts";
import { charactersLeft, sendable } from "./length.ts";
import { type Attaching, useAttaching } from "./use-attaching.ts";
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
  /** An edit is being saved, or the message waits for its files. */
  readonly isBusy: boolean;
  /** Changes when the field shall have the focus. */
  readonly focusRequest: number;
  readonly begin: (purpose: Purpose) => void;
  readonly change: (text: string) => void;
  /** Edits the viewer's latest message. */
  readonly editLatest: () => void;
  /** Back to writing a new message. */
  readonly cancel: () => void;
  readonly send: () => void;
  readonly sendRecording: (recording: Recording) => void;
  readonly attaching: Attaching;
  readonly mentioning: Mentioning;
  readonly draft: ReturnType<typeof useDraft>;
}

interface ComposingOptions {
  readonly conversation: Pick<Conversation, "send" | "edit" | "setTyping">;
  /** Of the field: of the conversation, or of a thread in it. */
  readonly conversationId: string;
  /** The conversation to which files are sent. */
  readonly filesTo: string;
  readonly state: Pick<ConversationState, "messages" | "hasLater" | "members" | "viewerRights">;
  readonly viewerId: string | null;
  /** A message is on its way. */
  readonly onSent: () => void;
}

export function useComposing(options: ComposingOptions): Composing {
  const { conversation, conversationId, filesTo, state, viewerId, onSent } = options;
  const draft = useDraft(conversationId);
  const { purpose, begin: beginWith, end } = usePurpose(draft, state.messages);
  const [edited, setEdited] = useState("");
  const [focusRequest, setFocusRequest] = useState(0);
  const mentioning = useMentions(state, viewerId);
  const attaching = useAttaching(filesTo, conversationId);
  const isEdit = purpose.kind === "edit";
  const text = isEdit ? edited : draft.text;
  const { left, isSendable } = lengthsOf(text, !isEdit && attaching.state.files.length > 0);
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
  const isBusy = isSaving || attaching.state.isWaiting;

  function change(next: string): void {
    if (isEdit) return void setEdited(next);
    draft.write(next, repliedBy(purpose) ?? draft.replyToId);
    conversation.setTyping(next !== "");
  }

  function send(): void {
    if (isBusy || !isSendable) return;
    if (isEdit) void save(purpose.message, sendable(edited));
    else attaching.whenArrived(deliver);
  }

  function deliver(files: readonly OutgoingFile[]): void {
    const body = sendable(draft.text);
    conversation.send(body, repliedBy(purpose), mentionedIn(body), files);
    change("");
    end();
    setFocusRequest((count) => count + 1);
    onSent();
  }

  function editLatest(): void {
    const message = latestOwn(state, viewerId);
    if (message) begin({ kind: "edit", message });
  }

  return {
    ...{ purpose, text, left, isBusy, canSend: !isBusy && isSendable, focusRequest, conflict },
    ...{ begin, change, editLatest, cancel, send, mentioning, draft, attaching },
    sendRecording: (recording) => attaching.sendRecording(recording, deliver),
  };
}

function repliedBy(purpose: Purpose): string | null {
  return purpose.kind === "reply" ? purpose.message.id : null;
}

/** A text with files may be empty. */
function lengthsOf(text: string, hasFiles: boolean) {
  const left = charactersLeft(text);
  const isEmpty = sendable(text) === "" && !hasFiles;
  return { left, isSendable: !isEmpty && (left === null || left >= 0) };
}

/** Undefined also where the latest messages are not here. */
function latestOwn(
  { messages, hasLater }: Pick<ConversationState, "messages" | "hasLater">,
  viewerId: string | null,
): Message | undefined {
  if (hasLater) return undefined;
  return messages.findLast(({ sender, body }) => sender?.id === viewerId && body !== null);
}
