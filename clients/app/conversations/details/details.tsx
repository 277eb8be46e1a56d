// The details of a conversation: its members, and the way out of a group.
import { Dialog } from "@base-ui/react/dialog";
import type { Conversation, ConversationState } from "@meetinity/client";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useReader } from "../log/reader.tsx";
import { LeaveButton } from "./leave-button.tsx";
import { MemberList } from "./member-list.tsx";

export interface DetailsProps {
  readonly conversation: Conversation;
  readonly state: ConversationState;
  readonly isOpen: boolean;
  readonly close: () => void;
}

export function Details({ conversation, state, isOpen, close }: DetailsProps) {
  const { t, isGroup } = useReader();
  const { t: common } = useTranslation("shell");
  return (
    <Dialog.Root open={isOpen} onOpenChange={(isNow) => isNow || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          <div className={popup.heading}>
            <Dialog.Title>{t("details")}</Dialog.Title>
            <Dialog.Close
              aria-label={common("close")}
              className={buttonClass({ kind: "plain" }, true)}
            >
              <X aria-hidden="true" size={20} />
            </Dialog.Close>
          </div>
          <MemberList members={state.members} />
          {isGroup && (
            <div className={popup.actions}>
              <LeaveButton conversation={conversation} />
            </div>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
