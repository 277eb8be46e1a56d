// The menu of a message, shared by all messages of a log.
import { Menu } from "@base-ui/react/menu";
import type { Message } from "@meetinity/client";
import { classes } from "@meetinity/ui/components/classes.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import {
  Copy,
  EyeOff,
  Forward,
  MessagesSquare,
  Pencil,
  Reply,
  SmilePlus,
  Trash2,
  Users,
} from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { lastButtonIn } from "./last-button.ts";
import { useReader } from "./reader.tsx";

interface Target {
  readonly message: Message;
  readonly anchor: Element | null;
  /** The viewer may delete it: it is theirs, or their role allows it. */
  readonly mayDelete: boolean;
}

export interface Opening {
  /** The message, and the place of its buttons. Null: the menu is closed. */
  readonly target: Target | null;
  readonly close: () => void;
}

export function MessageMenu({ opening: { target, close } }: { readonly opening: Opening }) {
  // The items stay while the menu fades.
  const last = useRef(target);
  if (target) last.current = target;
  const button = () => lastButtonIn(last.current?.anchor ?? null);
  return (
    <Menu.Root open={target !== null} onOpenChange={(isOpen) => isOpen || close()}>
      <Menu.Portal>
        <Menu.Positioner anchor={button} sideOffset={4} align="end" className={popup.positioner}>
          <Menu.Popup className={popup.popup}>
            {last.current && <Items {...last.current} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Items({ message, anchor, mayDelete }: Target) {
  const { t, viewerId, isOpen, actions } = useReader();
  const { t: threads } = useTranslation("threads");
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
      {message.body !== "" && (
        <Menu.Item className={popup.item} onClick={() => actions.copy(message)}>
          <Copy aria-hidden="true" />
          {t("actions.copy")}
        </Menu.Item>
      )}
      <Menu.Item className={popup.item} onClick={() => actions.forward(message)}>
        <Forward aria-hidden="true" />
        {threads("forward.open")}
      </Menu.Item>
      {isOwn && isOpen && isEditable(message) && (
        <Menu.Item className={popup.item} onClick={() => actions.edit(message)}>
          <Pencil aria-hidden="true" />
          {t("actions.edit")}
        </Menu.Item>
      )}
      {mayDelete && (
        <Menu.Item
          className={classes(popup.item, popup.danger)}
          onClick={() => actions.askToDelete(message)}
        >
          <Trash2 aria-hidden="true" />
          {t("actions.delete")}
        </Menu.Item>
      )}
      <Menu.Item
        className={classes(popup.item, popup.danger)}
        onClick={() => actions.askToHide(message)}
      >
        <EyeOff aria-hidden="true" />
        {t("actions.hide")}
      </Menu.Item>
    </>
  );
}

function AnswerItems({ message, anchor }: Omit<Target, "mayDelete">) {
  const { t, actions } = useReader();
  const { t: threads } = useTranslation("threads");
  return (
    <>
      <Menu.Item className={popup.item} onClick={() => actions.reply(message)}>
        <Reply aria-hidden="true" />
        {t("actions.reply")}
      </Menu.Item>
      {!message.threadRootId && (
        <Menu.Item className={popup.item} onClick={() => actions.openThread(message)}>
          <MessagesSquare aria-hidden="true" />
          {threads("reply")}
        </Menu.Item>
      )}
      <Menu.Item className={popup.item} onClick={() => actions.chooseReaction(message, anchor)}>
        <SmilePlus aria-hidden="true" />
        {t("actions.react")}
      </Menu.Item>
    </>
  );
}

function isEditable({ editableUntil }: Message): boolean {
  return !editableUntil || Date.parse(editableUntil) > Date.now();
}
