// The details of a conversation: its members, and what belongs to a group, which is loaded once
// the details of one are opened.
import { Dialog } from "@base-ui/react/dialog";
import type { Conversation, ConversationState } from "@meetinity/client";
import { DialogHeading } from "@meetinity/ui/components/dialog-heading.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { Loading } from "@meetinity/ui/components/state.tsx";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import type { GroupDetailsProps } from "../groups/group-details.tsx";
import { useReader } from "../log/reader.tsx";
import { MemberList } from "./member-list.tsx";

export interface DetailsProps {
  readonly conversation: Conversation;
  readonly conversationId: string;
  readonly state: ConversationState;
  readonly isOpen: boolean;
  readonly close: () => void;
}

export function Details({ isOpen, close, ...shown }: DetailsProps) {
  const { t, isGroup } = useReader();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(isNow) => isNow || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={popup.dialog}>
          {isGroup ? (
            <OfGroup {...shown} close={close} />
          ) : (
            <>
              <DialogHeading title={t("details")} />
              <div className={popup.body}>
                <MemberList members={shown.state.members} />
              </div>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const load = withPageTexts(() =>
  import("../groups/group-details.tsx").then(({ GroupDetails }) => GroupDetails),
);

function OfGroup({ close, ...shown }: Omit<DetailsProps, "isOpen">) {
  const { t } = useReader();
  const GroupDetails = useOnDemand<GroupDetailsProps>(load, true, close);
  if (GroupDetails) return <GroupDetails {...shown} />;
  return (
    <>
      <DialogHeading title={t("details")} />
      <Loading />
    </>
  );
}
