// The states of a list or a page that has nothing to show: it loads, it is empty, or it failed.
import { NetworkError } from "@meetinity/client";
import type { LucideIcon } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useReadAgain } from "../offline/away.ts";
import { Button } from "./button.tsx";
import { explain } from "./explain.ts";
import { Slow } from "./slow.tsx";
import styles from "./state.module.css";

export function Loading({ rows = 4 }: { readonly rows?: number }) {
  const { t } = useTranslation("shell");
  return (
    <div className={styles.skeleton} role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, row) => `bar ${row}`).map((key) => (
        <div key={key} className={styles.bar} />
      ))}
      <Slow />
    </div>
  );
}

interface EmptyProps {
  readonly icon?: LucideIcon;
  /** The thing that is not there. */
  readonly title?: string;
  /** Advice, or the way on. */
  readonly children?: ReactNode;
}

export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <div className={styles.state}>
      {Icon && <Icon className={styles.icon} aria-hidden="true" />}
      {title !== undefined && <p className={styles.title}>{title}</p>}
      {typeof children === "string" ? <p>{children}</p> : children}
    </div>
  );
}

interface FailedProps {
  /** Where a whole page failed. */
  readonly heading?: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function Failed({ heading, error, onRetry }: FailedProps) {
  const { t } = useTranslation("shell");
  const isCut = error instanceof NetworkError;
  // The reader need not watch for the network.
  useReadAgain(() => isCut && onRetry());
  useEffect(() => {
    if (!isCut) return;
    window.addEventListener("online", onRetry);
    return () => window.removeEventListener("online", onRetry);
  }, [isCut, onRetry]);
  return (
    <div className={styles.state} role="alert">
      {heading !== undefined && <h1>{heading}</h1>}
      <p>{explain(error, t)}</p>
      <Button onClick={onRetry}>{t("tryAgain")}</Button>
    </div>
  );
}
