// Leaves a group, after a question.
import type { Conversation } from "@meetinity/client";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useAttempt } from "../conversation/use-attempt.ts";
import { useReader } from "../log/reader.tsx";

export function LeaveButton({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useReader();
  const navigate = useNavigate();
  const attempt = useAttempt();
  const [isAsking, setAsking] = useState(false);

  async function leave(): Promise<void> {
    setAsking(false);
    if (await attempt(() => conversation.leave())) await navigate({ to: "/" });
  }

  return (
    <>
      <Button needsNetwork onClick={() => setAsking(true)}>
        <LogOut aria-hidden="true" size={18} />
        {t("leaving.open")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("leaving.title")}
        text={t("leaving.text")}
        confirm={t("leaving.confirm")}
        onConfirm={() => void leave()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
