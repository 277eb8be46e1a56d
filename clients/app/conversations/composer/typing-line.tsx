// Names the people who are typing. The line always has its place, so that nothing jumps.
import type { ConversationState } from "@meetinity/client";
import { typingText } from "../conversation/names.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./composer.module.css";

export function TypingLine(state: Pick<ConversationState, "members" | "typing">) {
  const { t } = useReader();
  return (
    <div role="status" className={styles.typing}>
      {typingText(state, t)}
    </div>
  );
}
