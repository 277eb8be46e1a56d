// Makes the object that the rows of the log share. It is a new one only when something in it
// changes, because every row renders anew then.
import type { ConversationState } from "@meetinity/client";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MessageActions, Reader } from "../log/reader.tsx";

export function useReaderOf(
  conversationId: string,
  { kind, sending, members }: Pick<ConversationState, "kind" | "sending" | "members">,
  viewerId: string | null,
  actions: MessageActions,
): Reader {
  const { t } = useTranslation("conversation");
  const dates = useDateReader();
  const faces = useMemo(() => facesOf(members), [members]);
  return useMemo(
    () => ({
      ...{ t, dates, conversationId, viewerId, faces },
      isGroup: kind === "GROUP",
      isInThread: false,
      isOpen: sending === "OPEN",
      actions,
    }),
    [t, dates, conversationId, viewerId, faces, kind, sending, actions],
  );
}

/** Those of members who have a picture. */
function facesOf(members: ConversationState["members"]): ReadonlyMap<string, string> {
  return new Map(
    members.flatMap(({ node: { user } }) => (user?.avatarUrl ? [[user.id, user.avatarUrl]] : [])),
  );
}
