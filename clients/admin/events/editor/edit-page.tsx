// Changes an event that is there: what it means for those who are registered is said before.
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { useNavigate } from "@tanstack/react-router";
import { PencilOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CoverSection } from "../cover/cover-section.tsx";
import { useEvent } from "../event-page.tsx";
import { type ManagedEvent, registeredIn } from "../managed-event.ts";
import { Preview } from "../preview.tsx";
import { type ToldField, toldFields } from "./changes.ts";
import { Conflict } from "./conflict.tsx";
import { useEditing } from "./editing.ts";
import styles from "./editor.module.css";
import { EventForm } from "./event-form.tsx";
import { shownOf } from "./shown.ts";
import { Unsaved } from "./unsaved.tsx";
import { useMistakes } from "./use-mistakes.ts";
import { useUpdateEvent } from "./use-update-event.ts";

export function EditPage() {
  const { t } = useTranslation("editor");
  const event = useEvent();
  const { id, status, viewerRights } = event;
  if (!viewerRights.includes("EDIT")) return <Empty icon={PencilOff} title={t("notYours")} />;
  if (status === "CANCELLED") {
    return <Empty icon={PencilOff} title={t("problems.EventCancelledProblem")} />;
  }
  return <Editor key={id} event={event} />;
}

function Editor({ event }: { readonly event: ManagedEvent }) {
  const { t } = useTranslation("editor");
  const { t: common } = useTranslation("shell");
  const navigate = useNavigate();
  const editing = useEditing(event);
  const { version, before, draft, others, isChanged } = editing;
  const told = useTold(event, toldFields(before, draft));
  const [asked, setAsked] = useState<FormData | null>(null);
  const errorsOf = useMistakes();
  const leave = (ignoreBlocker: boolean) =>
    navigate({ to: "/events/$eventId/details", params: { eventId: event.id }, ignoreBlocker });
  const submission = useUpdateEvent({
    ...{ eventId: event.id, version, before, draft, onConflict: editing.rebase },
    async onSaved() {
      say(t(told ? "savedAndTold" : "saved"));
      await leave(true);
    },
  });
  const send = (data: FormData) => {
    if (told && !errorsOf(draft, before)) setAsked(data);
    else void submission.submit(data);
  };
  return (
    <div className={styles.columns}>
      <div className={styles.form}>
        <CoverSection event={event} />
        <EventForm
          {...{ draft, submission, stage: stageOf(event), seatsTaken: event.seatsTaken }}
          submit={t("save")}
          onChange={editing.change}
          onSubmit={send}
          cancel={<Button onClick={() => void leave(false)}>{common("cancel")}</Button>}
        >
          <Conflict others={others} onTake={editing.take} />
          <p role="status" className={told ? styles.notice : "hidden-visually"}>
            {told}
          </p>
        </EventForm>
      </div>
      <Preview
        event={{
          ...shownOf(draft),
          ...coverOf(event),
          seatsLeft: seatsLeftOf(draft.capacity, event),
        }}
      />
      <ConfirmDialog
        isOpen={asked !== null}
        kind="primary"
        title={t("tellTitle")}
        text={told ?? ""}
        confirm={t("saveAndTell")}
        onConfirm={() => {
          setAsked(null);
          if (asked) void submission.submit(asked);
        }}
        onCancel={() => setAsked(null)}
      />
      <Unsaved isChanged={isChanged} />
    </div>
  );
}

/** Says who is told of which changes; null when nobody is. */
function useTold(event: ManagedEvent, fields: readonly ToldField[]) {
  const { t, i18n } = useTranslation("editor");
  const count = registeredIn(event);
  if (event.status !== "PUBLISHED" || fields.length === 0 || count === 0) return null;
  const names = fields.map((field) => t(`told.${field}`));
  const changes = new Intl.ListFormat(i18n.language).format([...new Set(names)]);
  return count === null ? t("tellAll", { changes }) : t("tell", { count, changes });
}

function stageOf({ startsAt, endsAt, status }: ManagedEvent): "coming" | "running" | "over" {
  const now = Date.now();
  if (status === "PUBLISHED" && Date.parse(endsAt) <= now) return "over";
  return Date.parse(startsAt) <= now ? "running" : "coming";
}

const coverOf = ({ id, coverUrl }: ManagedEvent) => ({ cover: { id, coverUrl } });

function seatsLeftOf(capacity: string, { seatsTaken }: ManagedEvent): number | null {
  const seats = Number(capacity);
  return Number.isInteger(seats) && seats > 0 ? Math.max(0, seats - seatsTaken) : null;
}
