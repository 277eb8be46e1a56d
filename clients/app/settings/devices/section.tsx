// The devices on which the viewer is signed in, and how to sign them out.

import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../section.tsx";
import { Device, useNameOf } from "./device.tsx";
import styles from "./devices.module.css";
import { type DeviceSession, useEndOtherSessions, useEndSession, useSessions } from "./sessions.ts";

export function DevicesSection() {
  const { t } = useTranslation("devices");
  const { sessions, error, retry, loadMore } = useSessions();
  return (
    <Section title={t("title")} hint={t("hint")}>
      {sessions && <Devices sessions={sessions} loadMore={loadMore} />}
      {!sessions && (error ? <Failed error={error} onRetry={retry} /> : <Loading rows={2} />)}
    </Section>
  );
}

interface DevicesProps {
  readonly sessions: readonly DeviceSession[];
  readonly loadMore: (() => Promise<void>) | null;
}

function Devices({ sessions, loadMore }: DevicesProps) {
  const { t } = useTranslation("devices");
  const { t: common } = useTranslation("shell");
  const nameOf = useNameOf();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const endSession = useEndSession();
  const endOthers = useEndOtherSessions();
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
  const endAll = () => act(async () => t("endedOthers", { count: await endOthers(sessions) }));
  return (
    <>
      <ul ref={list} className={styles.list} tabIndex={-1} aria-label={t("list")}>
        {sessions.map((session) => (
          <Device key={session.id} session={session} onEnd={() => void end(session)} />
        ))}
      </ul>
      {loadMore && (
        <Button
          needsNetwork
          onClick={() => void loadMore().catch((error) => setRefusal(explain(error, common)))}
        >
          {t("more")}
        </Button>
      )}
      {sessions.some(({ isCurrent }) => !isCurrent) && (
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
