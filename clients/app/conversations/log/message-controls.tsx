// The buttons beside a message: a reaction, and a menu of all that can be done with it. All
// messages share one menu, because a menu for each would be slow.
import { Menu } from "@base-ui/react/menu";
import type { Message } from "@meetinity/client";
import { buttonClass, IconButton } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { Copy, Ellipsis, Pencil, Reply, SmilePlus, Trash2, Users } from "lucide-react";
import { useRef } from "react";
import styles from "./message.module.css";
import { useReader } from "./reader.tsx";

interface Target {
  readonly message: Message;
  readonly anchor: Element | null;
}

const handle = Menu.createHandle<() => Target>();

interface MessageControlsProps {
  readonly message: Message;
  readonly isReachable: boolean;
}

export function MessageControls({ message, isReachable }: MessageControlsProps) {
  const { t, actions, isOpen } = useReader();
  const element = useRef<HTMLDivElement>(null);
  const tabIndex = isReachable ? 0 : -1;
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
      <Menu.Trigger
        handle={handle}
        payload={() => ({ message, anchor: element.current })}
        aria-label={t("actions.open")}
        className={buttonClass({ kind: "plain", isSmall: true }, true)}
        tabIndex={tabIndex}
      >
        <Ellipsis aria-hidden="true" size={18} />
      </Menu.Trigger>
    </div>
  );
}

/** Once beside the log. */
export function MessageMenu() {
  return (
    <Menu.Root handle={handle}>
      {({ payload }) => (
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end" className={popup.positioner}>
            <Menu.Popup className={popup.popup}>{payload && <Items {...payload()} />}</Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      )}
    </Menu.Root>
  );
}

function Items({ message, anchor }: Target) {
  const { t, viewerId, isOpen, actions } = useReader();
  const isOwn = message.sender !== null && message.sender.id === viewerId;
  return (
    <>
      {isOpen && <AnswerItems message={message} anchor={anchor} />}
      {message.reactions.length > 0 && (
        <Menu.Item className={popup.item} onClick={() => actions.showReactions(message)}>
          <Users aria-hidden="true" />
          {t("actions.reactions")}
        </Menu.Item>
      )}
      <Menu.Item className={popup.item} onClick={() => actions.copy(message)}>
        <Copy aria-hidden="true" />
        {t("actions.copy")}
      </Menu.Item>
      {isOwn && <OwnItems message={message} />}
    </>
  );
}

function AnswerItems({ message, anchor }: Target) {
  const { t, actions } = useReader();
  return (
    <>
      <Menu.Item className={popup.item} onClick={() => actions.reply(message)}>
        <Reply aria-hidden="true" />
        {t("actions.reply")}
      </Menu.Item>
      <Menu.Item className={popup.item} onClick={() => actions.chooseReaction(message, anchor)}>
        <SmilePlus aria-hidden="true" />
        {t("actions.react")}
      </Menu.Item>
    </>
  );
}

function OwnItems({ message }: { readonly message: Message }) {
  const { t, isOpen, actions } = useReader();
  return (
    <>
      {isOpen && (
        <Menu.Item className={popup.item} onClick={() => actions.edit(message)}>
          <Pencil aria-hidden="true" />
          {t("actions.edit")}
        </Menu.Item>
      )}
      <Menu.Item
        className={classes(popup.item, popup.danger)}
        onClick={() => actions.askToDelete(message)}
      >
        <Trash2 aria-hidden="true" />
        {t("actions.delete")}
      </Menu.Item>
    </>
  );
}
