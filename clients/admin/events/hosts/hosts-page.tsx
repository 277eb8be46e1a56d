// The people who help the organizer of an event, with what they may do.
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import { useViewer } from "../../shell/viewer.ts";
import { useEvent } from "../event-page.tsx";
import { AddHost } from "./add-host.tsx";
import { HostRow } from "./host-row.tsx";
import styles from "./hosts.module.css";
import { type Host, useHostChanges, useHosts } from "./hosts.ts";

export function HostsPage() {
  const event = useEvent();
  const viewer = useViewer();
  const { hosts, error, retry } = useHosts(event.id);
  const mayChoose = viewer.isAdmin || event.organizer?.id === viewer.id;
  if (!hosts) return error ? <Failed error={error} onRetry={retry} /> : <Loading />;
  return (
    <div className={page.column}>
      <HostList hosts={hosts} mayChoose={mayChoose} />
      {mayChoose && <AddHost hosts={hosts} />}
    </div>
  );
}

interface HostListProps {
  readonly hosts: readonly Host[];
  /** Whether the viewer chooses hosts; others may only leave. */
  readonly mayChoose: boolean;
}

function HostList({ hosts, mayChoose }: HostListProps) {
  const { t } = useTranslation("hosts");
  const id = useId();
  const [asked, setAsked] = useState<Host | null>(null);
  return (
    <section className={page.card} aria-labelledby={id}>
      <h2 id={id}>{t("title")}</h2>
      <p className={page.soft}>{t("hint")}</p>
      {hosts.length === 0 && <p>{t("none")}</p>}
      <ul className={styles.hosts}>
        {hosts.map((host, at) => (
          <HostRow
            key={host.user?.id ?? at}
            host={host}
            mayChoose={mayChoose}
            onRemove={() => setAsked(host)}
          />
        ))}
      </ul>
      <RemoveDialog asked={asked} onDone={() => setAsked(null)} />
    </section>
  );
}

interface RemoveDialogProps {
  readonly asked: Host | null;
  readonly onDone: () => void;
}

function RemoveDialog({ asked, onDone }: RemoveDialogProps) {
  const { t } = useTranslation("hosts");
  const { t: common } = useTranslation("shell");
  const navigate = useNavigate();
  const viewer = useViewer();
  const { remove } = useHostChanges(useEvent().id);
  const user = asked?.user;
  const isLeaving = user?.id === viewer.id;
  const name = user?.displayName ?? "";
  async function confirm(): Promise<void> {
    onDone();
    if (!user) return;
    try {
      await remove(user.id);
      say(isLeaving ? t("left") : t("removed", { name }));
      if (isLeaving && !viewer.isAdmin) await navigate({ to: "/events" });
    } catch (error) {
      sayFailure(explain(error, common));
    }
  }
  return (
    <ConfirmDialog
      isOpen={asked !== null}
      title={isLeaving ? t("leaveTitle") : t("removeTitle", { name })}
      text={t(isLeaving ? "leaveText" : "removeText")}
      confirm={t(isLeaving ? "leave" : "remove")}
      onConfirm={() => void confirm()}
      onCancel={onDone}
    />
  );
}
