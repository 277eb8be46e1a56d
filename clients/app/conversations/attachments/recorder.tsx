// Records a voice message in the place of the text field: it can be heard before it is sent.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { formatLength } from "@meetinity/ui/i18n/durations.ts";
import { SendHorizontal, Square, Trash2 } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { PlayerLine } from "./player-line.tsx";
import styles from "./recorder.module.css";
import type { Recording } from "./tray.ts";
import { type Microphone, useRecording } from "./use-recording.ts";

export interface RecorderProps {
  readonly onSend: (recording: Recording) => void;
  readonly onClose: () => void;
}

export function Recorder(props: RecorderProps) {
  return <RecorderBar {...props} {...useRecording()} />;
}

interface RecorderBarProps extends RecorderProps {
  readonly microphone: Microphone;
  readonly stop: () => void;
}

export function RecorderBar({ microphone, stop, onSend, onClose }: RecorderBarProps) {
  const { t } = useTranslation("attachments");
  const isRecording = microphone.status === "recording";
  function send(recording: Recording): void {
    onSend(recording);
    onClose();
  }
  return (
    <fieldset
      className={styles.recorder}
      aria-label={t("recorder.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <IconButton name={t("recorder.discard")} autoFocus={!isRecording} onClick={onClose}>
        <Trash2 aria-hidden="true" size={20} />
      </IconButton>
      <State microphone={microphone} />
      {isRecording && (
        <IconButton autoFocus kind="primary" name={t("recorder.stop")} onClick={stop}>
          <Square aria-hidden="true" size={18} />
        </IconButton>
      )}
      {microphone.status === "recorded" && (
        <IconButton
          autoFocus
          kind="primary"
          name={t("recorder.send")}
          onClick={() => send(microphone.recording)}
        >
          <SendHorizontal aria-hidden="true" size={20} />
        </IconButton>
      )}
    </fieldset>
  );
}

function State({ microphone }: { readonly microphone: Microphone }): ReactNode {
  const { t } = useTranslation("attachments");
  switch (microphone.status) {
    case "asking":
      return (
        <p role="status" className={styles.words}>
          {t("recorder.asking")}
        </p>
      );
    case "recording":
      return <Clock startedAt={microphone.startedAt} />;
    case "recorded":
      return <Recorded {...microphone} />;
    case "failed":
      return (
        <p role="alert" className={styles.failure}>
          {t(`recorder.${microphone.reason}`)}
        </p>
      );
  }
}

const TICK_MS = 250;

function Clock({ startedAt }: { readonly startedAt: number }) {
  const { t } = useTranslation("attachments");
  const [ms, setMs] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMs(performance.now() - startedAt), TICK_MS);
    return () => clearInterval(timer);
  }, [startedAt]);
  return (
    <p role="timer" className={styles.words}>
      <span className={styles.dot} />
      {t("recorder.recording", { length: formatLength(ms) })}
    </p>
  );
}

interface RecordedProps {
  readonly recording: Recording;
  readonly isFull: boolean;
}

function Recorded({ recording: { blob, durationMs }, isFull }: RecordedProps) {
  const { t } = useTranslation("attachments");
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const own = URL.createObjectURL(blob);
    setUrl(own);
    return () => URL.revokeObjectURL(own);
  }, [blob]);
  return (
    <div className={styles.recorded}>
      <PlayerLine url={url} durationMs={durationMs} />
      {isFull && <p className={styles.note}>{t("recorder.full")}</p>}
    </div>
  );
}
