// The button, the position and the time of a recording, in a message and before it is sent.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { formatLength } from "@meetinity/ui/i18n/durations.ts";
import { Pause, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./player-line.module.css";
import { usePlayer } from "./use-player.ts";

interface PlayerLineProps {
  /** Null until the bytes are here. */
  readonly url: string | null;
  /** Null when it is not known. */
  readonly durationMs: number | null;
  readonly isReachable?: boolean;
  readonly isDisabled?: boolean;
  /** It shall be played, and its bytes are not here. */
  readonly onWanted?: () => void;
}

export function PlayerLine(props: PlayerLineProps) {
  const { url, durationMs, isReachable = true, isDisabled = false, onWanted = () => {} } = props;
  const { t } = useTranslation("attachments");
  const player = usePlayer(url, durationMs, onWanted);
  const { audio, isPlaying, hasFailed, positionMs, lengthMs } = player;
  const tabIndex = isReachable ? 0 : -1;
  const isBegun = isPlaying || positionMs > 0;
  const Icon = isPlaying ? Pause : Play;
  return (
    <>
      <div className={styles.line}>
        <audio ref={audio} preload="metadata" hidden>
          <track kind="captions" />
        </audio>
        <IconButton
          name={isPlaying ? t("pause") : t("play")}
          kind="primary"
          tabIndex={tabIndex}
          aria-disabled={isDisabled}
          onClick={() => isDisabled || player.toggle()}
        >
          <Icon aria-hidden="true" size={18} />
        </IconButton>
        <input
          type="range"
          className={styles.position}
          aria-label={t("position")}
          aria-valuetext={t("positionOf", {
            position: formatLength(positionMs),
            length: formatLength(lengthMs),
          })}
          min={0}
          max={Math.max(1, Math.round(lengthMs))}
          step={100}
          value={Math.min(Math.round(positionMs), Math.round(lengthMs))}
          disabled={url === null}
          tabIndex={tabIndex}
          onChange={({ target }) => player.seek(Number(target.value))}
        />
        <span className={styles.time}>{formatLength(isBegun ? positionMs : lengthMs)}</span>
      </div>
      {hasFailed && (
        <p role="alert" className={styles.failure}>
          {t("notHeard")}
        </p>
      )}
    </>
  );
}
