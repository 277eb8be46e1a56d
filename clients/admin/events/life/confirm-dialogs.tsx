// Asks before an event becomes a draft again, and before a draft is deleted.
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DialogProps } from "./dialog-props.ts";
import { type Problem, useLife } from "./life.ts";
import { useProblemText } from "./problem-text.ts";

export function UnpublishDialog({ event, onClose }: DialogProps) {
  const { t } = useTranslation("life");
  const { unpublish } = useLife(event.id);
  const act = useActing();
  return (
    <ConfirmDialog
      isOpen
      kind="primary"
      title={t("unpublishTitle")}
      text={t("unpublishText")}
      confirm={t("unpublish")}
      onConfirm={() => {
        onClose();
        void act(unpublish(), () => say(t("unpublished")));
      }}
      onCancel={onClose}
    />
  );
}

export function DeleteDialog({ event, onClose }: DialogProps) {
  const { t } = useTranslation("life");
  const navigate = useNavigate();
  const life = useLife(event.id);
  const act = useActing();
  const leave = () => {
    say(t("deleted", { title: event.title }));
    void navigate({ to: "/events", search: { stage: "DRAFT" }, replace: true });
  };
  return (
    <ConfirmDialog
      isOpen
      title={t("deleteTitle", { title: event.title })}
      text={t("deleteText")}
      confirm={t("delete")}
      onConfirm={() => {
        onClose();
        void act(life.delete(), leave);
      }}
      onCancel={onClose}
    />
  );
}

/** Says why something was not done, or calls `onDone`. */
function useActing(): (work: Promise<Problem>, onDone: () => void) => Promise<void> {
  const { t: common } = useTranslation("shell");
  const textOf = useProblemText();
  return (work, onDone) =>
    work.then(
      (problem) => (problem ? sayFailure(textOf(problem)) : onDone()),
      (error: unknown) => sayFailure(explain(error, common)),
    );
}
