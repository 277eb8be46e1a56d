// Says that the network or the server is away, once that has lasted.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "./client-context.ts";
import styles from "./frame.module.css";
import { useObservable } from "./observe.ts";

/** A short interruption is not worth a word. */
const PATIENCE_MS = 2_000;

export function ConnectionBanner() {
  const { t } = useTranslation("shell");
  const connection = useObservable(useClient().connection);
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
