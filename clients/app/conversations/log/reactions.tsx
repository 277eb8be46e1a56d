// The reactions of a message, each a switch for the viewer's own.
import type { Message } from "@meetinity/client";
import styles from "./message.module.css";
import { useReader } from "./reader.tsx";

interface ReactionsProps {
  readonly message: Message;
  readonly isReachable: boolean;
}

export function Reactions({ message, isReachable }: ReactionsProps) {
  const { t, actions } = useReader();
  return (
    <fieldset className={styles.reactions} aria-label={t("reactions")}>
      {message.reactions.map(({ emoji, count, isViewerAmong }) => (
        <button
          key={emoji}
          type="button"
          className={styles.reaction}
          aria-pressed={isViewerAmong}
          tabIndex={isReachable ? 0 : -1}
          onClick={() => actions.react(message, emoji, !isViewerAmong)}
        >
          <span className={styles.reactionEmoji}>{emoji}</span> {count}
        </button>
      ))}
    </fieldset>
  );
}
