// The page of a new event: its form, and beside it the event as others will see it.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../parts/page.tsx";
import { Preview } from "../preview.tsx";
import { hasChanges } from "./changes.ts";
import { newDraft } from "./draft.ts";
import styles from "./editor.module.css";
import { EventForm } from "./event-form.tsx";
import { shownOf } from "./shown.ts";
import { Unsaved } from "./unsaved.tsx";
import { useCreateEvent } from "./use-create-event.ts";

export function EditorPage() {
  const { t } = useTranslation("editor");
  const navigate = useNavigate();
  const [empty] = useState(() => newDraft(new Date(), ownZone()));
  const [draft, setDraft] = useState(empty);
  const submission = useCreateEvent(draft, async (eventId) => {
    await navigate({ to: "/events/$eventId", params: { eventId }, ignoreBlocker: true });
  });
  return (
    <Page title={t("newTitle")} lead={t("newLead")}>
      <div className={styles.columns}>
        <EventForm
          draft={draft}
          onChange={setDraft}
          submission={submission}
          submit={t("saveDraft")}
        />
        <Preview event={shownOf(draft)} />
        <Unsaved isChanged={hasChanges(empty, draft)} />
      </div>
    </Page>
  );
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
