// The way to the viewer's conversation with themselves.
import { OpenNoteToSelf } from "@meetinity/client/operations";
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { useNavigate } from "@tanstack/react-router";
import { NotebookPen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useAttempt } from "../conversation/use-attempt.ts";

export function NoteButton() {
  const { t } = useTranslation("conversation");
  const navigate = useNavigate();
  const attempt = useAttempt();
  async function open(): Promise<void> {
    let conversationId = "";
    const isOpen = await attempt(async () => {
      const { openNoteToSelf } = await client.run(OpenNoteToSelf, {}, { isSafeToRepeat: true });
      if (openNoteToSelf.__typename === "OpenNoteToSelfSuccess") {
        conversationId = openNoteToSelf.conversation.id;
      }
      return openNoteToSelf;
    });
    const params = { conversationId };
    if (isOpen) await navigate({ to: "/conversations/$conversationId", params });
  }
  return (
    <IconButton name={t("noteToSelf")} onClick={() => void open()}>
      <NotebookPen aria-hidden="true" size={20} />
    </IconButton>
  );
}
