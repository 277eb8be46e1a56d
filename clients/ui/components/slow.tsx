// Says that something on its way takes long, or waits for the network.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useIsAway } from "../offline/away.ts";
import styles from "./state.module.css";

const SLOW_MS = 4_000;

/** Nothing for the first seconds. Put it where nothing moves when it comes. */
export function Slow() {
  const { t } = useTranslation("shell");
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  const isAway = useIsAway();
  return isSlow ? <p className={styles.slow}>{t(isAway ? "notKept" : "slow")}</p> : null;
}
