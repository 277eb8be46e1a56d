// Opens the viewer's conversation with themselves, and goes on to it.
import { OpenNoteToSelf } from "@meetinity/client/operations";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { ConfirmAddress } from "../shell/confirm-address.tsx";

type Outcome = { readonly error: unknown } | "unverified";

/** Each is another attempt. */
const newOpening = () => ({
  open: () => client.run(OpenNoteToSelf, {}, { isSafeToRepeat: true }),
});

export function NotePage() {
  const { t } = useTranslation("conversation");
  const navigate = useNavigate();
  const [opening, setOpening] = useState(newOpening);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useTitle(t("noteToSelf"));
  useEffect(() => {
    let isOver = false;
    opening.open().then(
      ({ openNoteToSelf: result }) => {
        if (isOver) return;
        if (result.__typename !== "OpenNoteToSelfSuccess") return setOutcome("unverified");
        const params = { conversationId: result.conversation.id };
        void navigate({ to: "/conversations/$conversationId", params, replace: true });
      },
      (error: unknown) => isOver || setOutcome({ error }),
    );
    return () => {
      isOver = true;
    };
  }, [opening, navigate]);
  function retry(): void {
    setOutcome(null);
    setOpening(newOpening);
  }
  if (outcome === null) return <Loading />;
  if (outcome === "unverified") return <ConfirmAddress />;
  return <Failed heading={t("noteToSelf")} error={outcome.error} onRetry={retry} />;
}
