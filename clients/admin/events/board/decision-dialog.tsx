// Asks before a person is removed or declined. Who is declined may be told why.
import { Dialog } from "@base-ui/react/dialog";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../parts/fields.tsx";
import type { Registration } from "./registrations.ts";

export interface Asked {
  readonly registration: Registration;
  readonly decision: "remove" | "decline";
}

interface DecisionDialogProps {
  readonly asked: Asked | null;
  readonly onConfirm: (note: string) => void;
  readonly onCancel: () => void;
}

export function DecisionDialog({ asked, onConfirm, onCancel }: DecisionDialogProps) {
  const { t } = useTranslation("board");
  const name = asked?.registration.attendee?.displayName ?? t("nobody");
  if (asked?.decision === "decline") {
    return <DeclineDialog name={name} onConfirm={onConfirm} onCancel={onCancel} />;
  }
  return (
    <ConfirmDialog
      isOpen={asked !== null}
      title={t("removeTitle", { name })}
      text={t("removeText")}
      confirm={t("remove")}
      onConfirm={() => onConfirm("")}
      onCancel={onCancel}
    />
  );
}

interface DeclineDialogProps extends Omit<DecisionDialogProps, "asked"> {
  readonly name: string;
}

function DeclineDialog({ name, onConfirm, onCancel }: DeclineDialogProps) {
  const { t } = useTranslation("board");
  const { t: common } = useTranslation("shell");
  return (
    <Dialog.Root open onOpenChange={(open) => open || onCancel()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup
          className={popup.dialog}
          render={
            <form
              onSubmit={(event) => {
                event.preventDefault();
                onConfirm(String(new FormData(event.currentTarget).get("note") ?? ""));
              }}
            />
          }
        >
          <Dialog.Title>{t("declineTitle", { name })}</Dialog.Title>
          <TextArea name="note" label={t("note")} hint={t("noteHint")} rows={3} maxLength={500} />
          <div className={popup.actions}>
            <Dialog.Close className={buttonClass({})}>{common("cancel")}</Dialog.Close>
            <Button kind="danger" type="submit">
              {t("decline")}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
