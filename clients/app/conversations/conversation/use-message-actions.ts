// The actions on messages. Each refusal is said in a notice.
import type { Conversation, ConversationState, Message } from "@meetinity/client";
import { FindMessage } from "@meetinity/client/operations";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { mayDeleteOf } from "../groups/member-rules.ts";
import type { Opening } from "../log/message-menu.tsx";
import type { Looking } from "../log/reaction-people.tsx";
import type { Picking } from "../log/reaction-picker.tsx";
import type { MessageActions } from "../log/reader.tsx";
import type { Looking as LookingAtEdits } from "../threads/edits-dialog.tsx";
import type { Forwarding } from "../threads/forward-dialog.tsx";
import type { OpenThread } from "../threads/use-thread.ts";
import type { Deletion } from "./delete-dialog.tsx";
import { useAttempt } from "./use-attempt.ts";
import { useHiding } from "./use-hiding.ts";

/** Rejects when the browser does not let pages write to the clipboard. */
async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** Rejects when the viewer cannot see the message. */
async function seqOf(id: string, conversation: Conversation): Promise<number> {
  const known = conversation.getSnapshot().messages.find((message) => message.id === id);
  if (known) return known.seq;
  const { message } = await client.run(FindMessage, { id });
  if (!message) throw new Error("There is no such message.");
  return message.seq;
}

function mayDeleteMessage({ sender }: Message, state: ConversationState): boolean {
  const { viewerId } = client.session.getSnapshot();
  if (sender !== null && sender.id === viewerId) return true;
  const member = state.members.find(({ node }) => node.user?.id === sender?.id);
  return mayDeleteOf(sender && member ? member.node.role : null, state);
}

interface MessageDoings {
  readonly actions: MessageActions;
  readonly deletion: Deletion;
  readonly hiding: Deletion;
  readonly opening: Opening;
  readonly picking: Picking;
  readonly looking: Looking;
  readonly edits: LookingAtEdits;
  readonly forwarding: Forwarding;
}

export function useMessageActions(
  conversation: Conversation,
  { begin, open: openThread }: Pick<OpenThread, "begin" | "open">,
  { jumpTo }: { readonly jumpTo: (seq: number) => void },
): MessageDoings {
  const { t } = useTranslation("conversation");
  const { t: threads } = useTranslation("threads");
  const attempt = useAttempt();
  const notThere = useCallback(() => sayFailure(threads("gone")), [threads]);
  const [deleting, setDeleting] = useState<Message | null>(null);
  const hiding = useHiding(attempt);
  const { ask: askToHide } = hiding;
  const [lookedAt, setLooking] = useState<Message | null>(null);
  const [editsAt, setEdits] = useState<Message | null>(null);
  const [forwarded, setForwarded] = useState<Message | null>(null);
  const [target, setTarget] = useState<Opening["target"]>(null);
  const [picked, setPicked] = useState<Picking["picked"]>(null);
  const actions = useMemo<MessageActions>(
    () => ({
      reply: (message) => begin({ kind: "reply", message }),
      edit: (message) => begin({ kind: "edit", message }),
      askToDelete: setDeleting,
      askToHide,
      copy({ body }) {
        copyText(body ?? "").then(
          () => say(t("copied")),
          () => sayFailure(t("copyFailed")),
        );
      },
      react: ({ id }, emoji, isAdded) => void attempt(() => conversation.react(id, emoji, isAdded)),
      openMenu(message, anchor) {
        const mayDelete = mayDeleteMessage(message, conversation.getSnapshot());
        setTarget({ message, anchor, mayDelete });
      },
      chooseReaction: (message, anchor) => setPicked({ message, anchor }),
      showReactions: setLooking,
      openThread: ({ id }) => openThread(id),
      showEdits: setEdits,
      forward: setForwarded,
      jumpTo,
      jumpToMessage: (id) => void seqOf(id, conversation).then(jumpTo, notThere),
    }),
    [begin, openThread, jumpTo, attempt, askToHide, conversation, t, notThere],
  );
  return {
    actions,
    deletion: {
      message: deleting,
      cancel: () => setDeleting(null),
      confirm(message) {
        setDeleting(null);
        void attempt(() => conversation.delete(message.id));
      },
    },
    hiding: hiding.deletion,
    opening: { target, close: () => setTarget(null) },
    picking: { picked, close: () => setPicked(null) },
    looking: { at: lookedAt, close: () => setLooking(null) },
    edits: { at: editsAt, close: () => setEdits(null) },
    forwarding: { message: forwarded, close: () => setForwarded(null) },
  };
}
