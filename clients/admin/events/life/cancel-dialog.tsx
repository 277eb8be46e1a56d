// Cancels an event for good, with a reason that everybody reads.
import { say } from "@meetinity/ui/components/notices.ts";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../parts/fields.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { registeredIn } from "../managed-event.ts";
import type { DialogProps } from "./dialog-props.ts";
import { useLife } from "./life.ts";
import { useProblemText } from "./problem-text.ts";

export function CancelDialog({ event, onClose }: DialogProps) {
  const { t } = useTranslation("life");
  const { cancel } = useLife(event.id);
  const textOf = useProblemText();
  const submission = useSubmission(["reason"], async ({ reason = "" }) => {
    const problem = await cancel(reason.trim());
    if (problem) return { refusal: textOf(problem) };
    say(t("cancelled"));
    onClose();
    return null;
  });
  const count = registeredIn(event);
  return (
    <FormDialog
      title={t("cancelTitle", { title: event.title })}
      text={count === null ? t("cancelTextAll") : t("cancelText", { count })}
      submission={submission}
      submit={t("actions.cancel")}
      kind="danger"
      keep={t("keep")}
      onClose={onClose}
    >
      <TextArea
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        rows={3}
        maxLength={1_000}
      />
    </FormDialog>
  );
}
