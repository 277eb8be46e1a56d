// The actions of a conversation's menu. Lists show their effect once the viewer's own log tells it,
// on this device as on the others. A notice tells each failure.
import type { InboxRow, Operation } from "@meetinity/client";
import {
  ArchiveConversation,
  ClearHistory,
  HideConversation,
  LeaveConversation,
  MarkFavourite,
  MarkRead,
  MarkUnread,
  MuteConversation,
} from "@meetinity/client/operations";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { client } from "../../shell/client.ts";
import { useAttempt } from "../conversation/use-attempt.ts";
import type { Problem } from "../problems/explain-problem.ts";

/** Something that is asked first. */
export interface Asked {
  readonly kind: "clear" | "leave";
  /** Of the conversation. */
  readonly id: string;
}

export interface RowActions {
  read(row: InboxRow): void;
  markUnread(row: InboxRow): void;
  /** Makes it a favourite, or no longer. */
  favourite(row: InboxRow): void;
  /** Without `forMs`, for ever. */
  mute(row: InboxRow, isMuted: boolean, forMs?: number): void;
  /** Archives it, or brings it back. */
  archive(row: InboxRow): void;
  hide(row: InboxRow): void;
  confirmed(asked: Asked): void;
}

/** Runs a mutation with one result. */
async function act<Data, Input>(
  operation: Operation<Data, { readonly input: Input }>,
  input: Input,
  isSafeToRepeat = true,
): Promise<Problem> {
  const data = await client.run(operation, { input }, { isSafeToRepeat });
  const [result] = Object.values(data as Record<string, Problem>);
  if (!result) throw new Error(`${operation.name} has no result`);
  return result;
}

export function useRowActions(): RowActions {
  const attempt = useAttempt();
  const navigate = useNavigate();
  const { conversationId: open } = useParams({ strict: false });
  return useMemo(
    () => ({
      read: ({ id: conversationId, lastSeq: seq }) =>
        void attempt(() => act(MarkRead, { conversationId, seq })),
      markUnread: ({ id: conversationId }) =>
        void attempt(() => act(MarkUnread, { conversationId, isUnread: true })),
      favourite: ({ id: conversationId, isFavourite }) =>
        void attempt(() => act(MarkFavourite, { conversationId, isFavourite: !isFavourite })),
      mute({ id: conversationId }, isMuted, forMs) {
        const mutedUntil = forMs ? new Date(Date.now() + forMs).toISOString() : null;
        void attempt(() => act(MuteConversation, { conversationId, isMuted, mutedUntil }));
      },
      archive: ({ id: conversationId, isArchived }) =>
        void attempt(() => act(ArchiveConversation, { conversationId, isArchived: !isArchived })),
      hide: ({ id: conversationId }) =>
        void attempt(() => act(HideConversation, { conversationId })),
      async confirmed({ kind, id: conversationId }) {
        if (kind === "clear") return void attempt(() => act(ClearHistory, { conversationId }));
        const hasLeft = await attempt(() => act(LeaveConversation, { conversationId }, false));
        if (hasLeft && open === conversationId) await navigate({ to: "/" });
      },
    }),
    [attempt, navigate, open],
  );
}
