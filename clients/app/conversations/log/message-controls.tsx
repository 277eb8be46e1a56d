// The buttons beside a message: a reaction, and a menu of all that can be done with it. All
// messages share one menu, because a menu for each would be slow.
import type { Message } from "@meetinity/client";
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { Ellipsis, SmilePlus } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import styles from "./message.module.css";
import { useReader } from "./reader.tsx";

interface MessageControlsProps {
  readonly message: Message;
  readonly isReachable: boolean;
}

const OPENING_KEYS = ["ArrowDown", "ArrowUp"];

export function MessageControls({ message, isReachable }: MessageControlsProps) {
  const { t, actions, isOpen } = useReader();
  const element = useRef<HTMLDivElement>(null);
  const tabIndex = isReachable ? 0 : -1;
  const openMenu = () => actions.openMenu(message, element.current);
  function openByKey(event: KeyboardEvent): void {
    if (!OPENING_KEYS.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    openMenu();
  }
  return (
    <div ref={element} className={styles.controls}>
      {isOpen && (
        <IconButton
          name={t("actions.react")}
          isSmall
          className={styles.quickReaction}
          tabIndex={tabIndex}
          onClick={() => actions.chooseReaction(message, element.current)}
        >
          <SmilePlus aria-hidden="true" size={18} />
        </IconButton>
      )}
      <IconButton
        name={t("actions.open")}
        isSmall
        aria-haspopup="menu"
        tabIndex={tabIndex}
        onKeyDown={openByKey}
        onClick={openMenu}
      >
        <Ellipsis aria-hidden="true" size={18} />
      </IconButton>
    </div>
  );
}
