// The way to the group of an event: for its members, and for its organizer, who opens it.
import { EventConversation, OpenEventConversation } from "@meetinity/client/operations";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link, useNavigate } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useRead } from "../../shell/use-read.ts";
import type { EventShown } from "../event.ts";

/** People with seats become members a moment after they register. */
const POLL_MS = 15_000;

export function EventChat({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { viewerId } = useObservable(client.session);
  const { data } = useRead(EventConversation, { id: event.id }, { pollMs: POLL_MS });
  const conversationId = data?.event?.conversation?.id;
  if (conversationId) {
    return (
      <Link
        className={buttonClass({})}
        to="/conversations/$conversationId"
        params={{ conversationId }}
      >
        <MessagesSquare aria-hidden="true" />
        {t("chat.go")}
      </Link>
    );
  }
  const mayOpen = event.organizer?.id === viewerId && event.status === "PUBLISHED";
  return mayOpen && data ? <OpenChat event={event} /> : null;
}

/** The longest title of a group. */
const TITLE_MAX = 140;

function OpenChat({ event: { id, title } }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { t: common } = useTranslation("shell");
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  async function open(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      const input = { eventId: id, title: title.slice(0, TITLE_MAX) };
      const options = { isSafeToRepeat: true };
      const opening = client.run(OpenEventConversation, { input }, options);
      const { openEventConversation: result } = await opening;
      if (result.__typename !== "OpenEventConversationSuccess")
        return sayFailure(t("chat.unverified"));
      const params = { conversationId: result.conversation.id };
      await navigate({ to: "/conversations/$conversationId", params });
    } catch (error) {
      sayFailure(explain(error, common));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button needsNetwork aria-disabled={isBusy} onClick={() => void open()}>
      <MessagesSquare aria-hidden="true" />
      {t("chat.open")}
    </Button>
  );
}
