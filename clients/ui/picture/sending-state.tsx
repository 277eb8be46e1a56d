// How far a picture is sent: with the way to stop it, to go on, and to begin anew.
import type { Upload } from "@meetinity/client/upload";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import popup from "../components/popup.module.css";
import { useObservable } from "../shell/observe.ts";
import styles from "./picture.module.css";
import { useExplainSending } from "./sending.ts";

interface SendingStateProps {
  readonly upload: Upload;
  readonly onDone: () => void;
  readonly onCancel: () => void;
  /** Back to the picture, after a failure. */
  readonly onBack: () => void;
}

export function SendingState({ upload, onDone, onCancel, onBack }: SendingStateProps) {
  const { t } = useTranslation("picture");
  const { t: common } = useTranslation("shell");
  const explainSending = useExplainSending();
  const { status, sentBytes, bytes, error } = useObservable(upload);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (status === "done") done.current();
  }, [status]);
  const [hasFailed, isPaused] = [status === "failed", status === "paused"];
  return (
    <>
      <div className={styles.sending}>
        {!hasFailed && (
          <label className={styles.progress}>
            <span>{t("sending")}</span>
            <progress value={sentBytes} max={Math.max(bytes, 1)} />
          </label>
        )}
        <div role="alert">
          {hasFailed && <p className={styles.refusal}>{explainSending(error)}</p>}
          {isPaused && <p className={styles.refusal}>{t("paused")}</p>}
        </div>
      </div>
      <div className={popup.actions}>
        <Button autoFocus onClick={onCancel}>
          {common("cancel")}
        </Button>
        {(hasFailed || isPaused) && (
          <Button kind="primary" onClick={() => (isPaused ? upload.resume() : onBack())}>
            {t("goOn")}
          </Button>
        )}
      </div>
    </>
  );
}
