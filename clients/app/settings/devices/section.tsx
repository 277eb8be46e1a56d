// The devices on which the viewer is signed in, and how to sign them out.

import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../section.tsx";
import { Device, useNameOf } from "./device.tsx";
import styles from "./devices.module.css";
import { type DeviceSession, type Sessions, sessionsOf } from "./sessions.ts";

export function DevicesSection({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("devices");
  const sessions = sessionsOf(viewerId);
  const { status, error } = useObservable(sessions.pages.state);
  // Sessions begin and end elsewhere.
  useEffect(() => void sessions.pages.reload(), [sessions]);
  useReadAgain(() => sessions.pages.reload());
  return (
    <Section hint={t("hint")}>
      {status === "ready" && <Devices sessions={sessions} />}
      {status === "failed" && <Failed error={error} onRetry={() => void sessions.pages.reload()} />}
      {status === "loading" && <Loading rows={2} />}
    </Section>
  );
}

function Devices({ sessions }: { readonly sessions: Sessions }) {
  const { pages, ending, endSession, endOthers } = sessions;
  const { t } = useTranslation("devices");
  const { t: common } = useTranslation("shell");
  const nameOf = useNameOf();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const { items, hasMore } = useObservable(pages.state);
  const gone = useObservable(ending);
  const shown = items.filter(({ id }) => !gone.has(id));
  /** The button goes away with its device: the focus goes to the list. */
  async function act(work: () => Promise<string>): Promise<void> {
    setRefusal(null);
    const working = work();
    list.current?.focus();
    await working.then(say, (error: unknown) => setRefusal(explain(error, common)));
  }
  const end = (session: DeviceSession) =>
    act(async () => {
      await endSession(session.id);
      return t("ended", { name: nameOf(session.device) });
    });
  const endAll = () => act(async () => t("endedOthers", { count: await endOthers() }));
  return (
    <>
      <ul ref={list} className={styles.list} tabIndex={-1} aria-label={t("list")}>
        {shown.map((session) => (
          <Device key={session.id} session={session} onEnd={() => void end(session)} />
        ))}
      </ul>
      {hasMore && (
        <Button
          needsNetwork
          onClick={() => {
            void pages.loadMore().catch((error) => setRefusal(explain(error, common)));
          }}
        >
          {t("more")}
        </Button>
      )}
      {shown.some(({ isCurrent }) => !isCurrent) && (
        <Button needsNetwork onClick={() => setAsking(true)}>
          {t("endOthers")}
        </Button>
      )}
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("endOthersTitle")}
        text={t("endOthersText")}
        confirm={t("end")}
        onConfirm={() => {
          setAsking(false);
          void endAll();
        }}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
