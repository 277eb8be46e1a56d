// A recording of a message. Its bytes are read when it is played first.
import type { Attachment } from "@meetinity/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isVoice } from "./describe.ts";
import { isKept } from "./files.ts";
import { PlayerLine } from "./player-line.tsx";
import styles from "./shown-files.module.css";
import { useFile } from "./use-file.ts";

interface AudioPlayerProps {
  readonly file: Attachment;
  readonly isReachable: boolean;
}

export function AudioPlayer({ file, isReachable }: AudioPlayerProps) {
  const { t } = useTranslation("attachments");
  const { id, state, durationMs } = file;
  const [isWanted, setWanted] = useState(false);
  const isReady = state === "READY" || isKept(id, "link");
  const { url, hasFailed, retry } = useFile(id, "link", isWanted && isReady);
  const name = isVoice(file) ? null : (file.fileName ?? t("file"));
  return (
    <div className={styles.audio}>
      {name !== null && (
        <span className={styles.fileName} dir="auto">
          {name}
        </span>
      )}
      <PlayerLine
        url={url}
        durationMs={durationMs}
        isReachable={isReachable}
        isDisabled={!isReady}
        onWanted={() => (hasFailed ? retry() : setWanted(true))}
      />
      {state !== "READY" && <span className={styles.note}>{t("processing")}</span>}
      {hasFailed && (
        <span role="alert" className={styles.note}>
          {t("notHeard")}
        </span>
      )}
    </div>
  );
}
