// Makes a draft like an event, at another time, and leads there.
import { say } from "@meetinity/ui/components/notices.ts";
import { useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { localOf, momentOf } from "../zoned.ts";
import type { DialogProps } from "./dialog-props.ts";
import { useLife } from "./life.ts";
import { nextStart } from "./next-start.ts";

export function DuplicateDialog({ event, onClose }: DialogProps) {
  const { t } = useTranslation("life");
  const navigate = useNavigate();
  const { duplicate } = useLife(event.id);
  const { startsAt, timeZone } = event;
  const [proposed] = useState(() => localOf(nextStart(startsAt, timeZone, new Date()), timeZone));
  // An answer may be lost: the same time again is no second draft.
  const [sent, setSent] = useState({ at: "", key: "" });
  const submission = useSubmission(["startsAt"], async (values) => {
    const at = momentOf(values.startsAt ?? "", timeZone);
    if (!at) return { errors: { startsAt: t("mistakes.time") } };
    if (at <= new Date()) return { errors: { startsAt: t("mistakes.past") } };
    const next = at.toISOString();
    const key = sent.at === next ? sent.key : crypto.randomUUID();
    setSent({ at: next, key });
    const eventId = await duplicate(next, key);
    if (eventId === null) return { refusal: t("notDuplicated") };
    onClose();
    say(t("duplicated"));
    await navigate({ to: "/events/$eventId/edit", params: { eventId } });
    return null;
  });
  return (
    <FormDialog
      title={t("duplicateTitle", { title: event.title })}
      text={t("duplicateText")}
      submission={submission}
      submit={t("duplicate")}
      kind="primary"
      onClose={onClose}
    >
      <TextField
        name="startsAt"
        label={t("startsAt")}
        hint={timeZone.replaceAll("_", " ")}
        type="datetime-local"
        defaultValue={proposed}
      />
    </FormDialog>
  );
}
