// The files of a message that is being written, with how far each has been sent.
import { Button, IconButton } from "@meetinity/ui/components/button.tsx";
import { formatLength } from "@meetinity/ui/i18n/durations.ts";
import { formatBytes } from "@meetinity/ui/i18n/sizes.ts";
import { FileText, Mic, Pause, Play, RotateCw, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useExplainSending } from "./sending.ts";
import type { Tray, TrayFile, TrayState } from "./tray.ts";
import styles from "./tray-strip.module.css";

export interface TrayStripProps {
  readonly tray: Pick<Tray, "remove" | "pause" | "resume" | "stopWaiting">;
  readonly state: TrayState;
}

export function TrayStrip({ tray, state: { files, isWaiting } }: TrayStripProps) {
  const { t } = useTranslation("attachments");
  if (files.length === 0) return null;
  return (
    <div className={styles.tray}>
      <ul className={styles.files} aria-label={t("tray.title")}>
        {files.map((file) => (
          <Item key={file.key} {...{ tray, file }} />
        ))}
      </ul>
      <div role="status" className={styles.waiting}>
        {files.some(({ status }) => status === "failed") && t("tray.failedFirst")}
        {isWaiting && (
          <>
            <span>{t("tray.waiting")}</span>
            <Button isSmall kind="plain" onClick={() => tray.stopWaiting()}>
              {t("tray.dontWait")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

interface ItemProps extends Pick<TrayStripProps, "tray"> {
  readonly file: TrayFile;
}

function Item({ tray, file }: ItemProps) {
  const { t } = useTranslation("attachments");
  const { key, status, blob, sentBytes } = file;
  const name = file.fileName ?? t("tray.voice");
  const percent = Math.round((sentBytes / Math.max(1, blob.size)) * 100);
  return (
    <li className={styles.file} data-failed={status === "failed" || undefined}>
      <Thumbnail file={file} />
      <div className={styles.words}>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <State file={file} />
        {status !== "failed" && status !== "done" && (
          <progress
            className={styles.progress}
            aria-label={t("tray.progress", { name, percent })}
            value={sentBytes}
            max={Math.max(1, blob.size)}
          />
        )}
      </div>
      <Controls {...{ tray, file, name }} />
      <IconButton isSmall name={t("tray.remove", { name })} onClick={() => tray.remove(key)}>
        <X aria-hidden="true" size={18} />
      </IconButton>
    </li>
  );
}

function Thumbnail({ file: { url, fileName } }: { readonly file: TrayFile }) {
  if (url !== null) return <img className={styles.thumbnail} src={url} alt="" />;
  const Icon = fileName === null ? Mic : FileText;
  return (
    <span className={styles.thumbnail}>
      <Icon aria-hidden="true" size={22} />
    </span>
  );
}

function State({ file }: { readonly file: TrayFile }) {
  const { t, i18n } = useTranslation("attachments");
  const explainSending = useExplainSending();
  const { status, error, durationMs, blob } = file;
  const size =
    durationMs === null ? formatBytes(blob.size, i18n.language) : formatLength(durationMs);
  if (status === "failed") {
    return (
      <span role="alert" className={styles.error}>
        {explainSending(error)}
      </span>
    );
  }
  const isLost = status === "paused" && error !== null;
  return (
    <span className={styles.state}>
      {isLost ? t("tray.lost") : `${size} · ${t(`tray.state.${status}`)}`}
    </span>
  );
}

interface ControlsProps extends ItemProps {
  readonly name: string;
}

function Controls({ tray, file: { key, status, isFinal }, name }: ControlsProps) {
  const { t } = useTranslation("attachments");
  if (status === "sending") {
    return (
      <IconButton isSmall name={t("tray.pause", { name })} onClick={() => tray.pause(key)}>
        <Pause aria-hidden="true" size={18} />
      </IconButton>
    );
  }
  if (status !== "paused" && (status !== "failed" || isFinal)) return null;
  const isPaused = status === "paused";
  const Icon = isPaused ? Play : RotateCw;
  return (
    <IconButton
      isSmall
      name={isPaused ? t("tray.resume", { name }) : t("tray.retry", { name })}
      onClick={() => tray.resume(key)}
    >
      <Icon aria-hidden="true" size={18} />
    </IconButton>
  );
}
