// Says that the network or the server is away, once that has lasted.
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIsAway, useOnline } from "../offline/away.ts";
import { useClient } from "./client-context.ts";
import styles from "./frame.module.css";
import { useObservable } from "./observe.ts";

/** A short interruption is not worth a word. */
const PATIENCE_MS = 2_000;

/** `children` is said beside it, such as how old the page is. */
export function ConnectionBanner({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation("shell");
  const client = useClient();
  const connection = useObservable(client.connection);
  const isOnline = useOnline();
  const isAway = useIsAway();
  const isSlow = useObservable(client.network) === "slow";
  const isTrying = isAway || isSlow || connection === "waiting" || connection === "connecting";
  const isLate = useStaysTrue(isTrying, PATIENCE_MS);
  const text = isOnline ? isLate && t("connecting") : t("offline");
  return (
    <div role="status">
      {text && (
        <p className={styles.banner}>
          {text} {children}
        </p>
      )}
    </div>
  );
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
