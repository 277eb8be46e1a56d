// Publishes a draft, after a question: everybody sees it then.
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ManagedEvent, usePublish } from "./managed-event.ts";

export function PublishButton({ event }: { readonly event: ManagedEvent }) {
  const { t } = useTranslation("events");
  const { t: common } = useTranslation("shell");
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const publish = usePublish(event.id);
  async function confirm(): Promise<void> {
    setAsking(false);
    setBusy(true);
    await publish().then(
      (problem) => (problem ? sayFailure(t(`problems.${problem}`)) : say(t("published"))),
      (error: unknown) => sayFailure(explain(error, common)),
    );
    setBusy(false);
  }
  return (
    <>
      <Button kind="primary" aria-disabled={isBusy} onClick={() => isBusy || setAsking(true)}>
        <Send aria-hidden="true" size={18} />
        {t("publish")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        kind="primary"
        title={t("publishTitle")}
        text={t("publishText", { title: event.title })}
        confirm={t("publish")}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
