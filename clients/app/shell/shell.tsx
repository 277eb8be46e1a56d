// The frame of every page: header, state of the connection, and the page's own content.
import { Link, Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { withPageTexts } from "../i18n/i18n.ts";
import { whenNoticeWaits } from "../ui/notices.ts";
import { client } from "./client.ts";
import { MainMenu } from "./main-menu.tsx";
import { useObservable } from "./observe.ts";
import { announceIn } from "./page-focus.ts";
import styles from "./shell.module.css";
import { openQuestion } from "./step-up/asking.ts";

// Not in the first load: no page begins with a notice. It loads when the first one waits.
const Toasts = lazy(() => import("../ui/toasts.tsx").then(({ Toasts }) => ({ default: Toasts })));

const UnconfirmedStrip = lazy(() =>
  import("./address/strip.tsx").then(({ UnconfirmedStrip: Strip }) => ({ default: Strip })),
);

// Neither is the dialog that asks a person to confirm that it is them.
const StepUpDialog = lazy(
  withPageTexts(() =>
    import("./step-up/dialog.tsx").then(({ StepUpDialog }) => ({ default: StepUpDialog })),
  ),
);

export function Shell() {
  const { t } = useTranslation("shell");
  const isUnconfirmed = useObservable(client.session).isEmailVerified === false;
  const [hasNotices, setHasNotices] = useState(false);
  useEffect(() => whenNoticeWaits(() => setHasNotices(true)), []);
  return (
    <div className={styles.shell}>
      <header className={styles.header}>
        <a className={styles.skip} href="#content">
          {t("skipToContent")}
        </a>
        <Link className={styles.brand} to="/">
          <img src="/app/icon.svg" alt="" />
          Meetinity
        </Link>
        <MainMenu />
        <p ref={announceIn} aria-live="polite" className="hidden-visually" />
      </header>
      <div>
        <ConnectionBanner />
        <Suspense>{isUnconfirmed && <UnconfirmedStrip />}</Suspense>
      </div>
      <main
        id="content"
        className={styles.main}
        tabIndex={-1}
        data-scrolls
        data-scroll-restoration-id="content"
      >
        <Outlet />
      </main>
      <Suspense>{hasNotices && <Toasts />}</Suspense>
      <StepUp />
    </div>
  );
}

/** From the first question on it stays, so that its end is seen. */
function StepUp() {
  const isAsked = useObservable(openQuestion) !== null;
  const [wasAsked, setWasAsked] = useState(false);
  useEffect(() => {
    if (isAsked) setWasAsked(true);
  }, [isAsked]);
  return <Suspense>{wasAsked && <StepUpDialog />}</Suspense>;
}

/** A short interruption is not worth a word. */
const PATIENCE_MS = 2_000;

function ConnectionBanner() {
  const { t } = useTranslation("shell");
  const connection = useObservable(client.connection);
  const isOnline = useOnline();
  const isTrying = connection === "waiting" || connection === "connecting";
  const isLate = useStaysTrue(isTrying, PATIENCE_MS);
  const text = isOnline ? isLate && t("connecting") : t("offline");
  return <div role="status">{text && <p className={styles.banner}>{text}</p>}</div>;
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    window.addEventListener("online", update);
    window.addEventListener("offline", update);
    return () => {
      window.removeEventListener("online", update);
      window.removeEventListener("offline", update);
    };
  }, []);
  return isOnline;
}

/** True once the value has been true for so long. */
function useStaysTrue(value: boolean, ms: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!value) return setLong(false);
    const timer = setTimeout(() => setLong(true), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return isLong;
}
