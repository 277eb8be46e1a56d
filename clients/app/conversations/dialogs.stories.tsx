// Questions and choices above a conversation: about members, deletion, two texts of one message,
// and the strips above the field.
import type { Message } from "@meetinity/client";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import type { Meta } from "@storybook/react-vite";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { grace, wolfe } from "../../stories/fixtures/people.ts";
import { OtherDraft } from "./composer/other-draft.tsx";
import { PurposeStrip } from "./composer/purpose-strip.tsx";
import { DeleteDialog, HideDialog } from "./conversation/delete-dialog.tsx";
import { MemberQuestion } from "./groups/member-question.tsx";
import type { Question } from "./groups/use-member-actions.ts";
import { type MessageActions, ReaderContext } from "./log/reader.tsx";
import { ConflictDialog } from "./threads/conflict-dialog.tsx";

const meta: Meta = { title: "Parts/Conversation layers" };
export default meta;

const none = () => {};
const LONG = "A text that does not end, about schedules, rooms, and who brings the projector. ";

const asked = (about: Question["about"], person: Omit<Question["user"], "__typename">) => {
  const user = { __typename: "User", ...person } as const;
  return <MemberQuestion question={{ about, user }} ask={none} confirm={none} />;
};

export const MakeOwner = () => asked("owner", grace);
export const HandOver = () => asked("handOver", grace);
export const HandOverToALongName = () => asked("handOver", wolfe);
export const RemoveMember = () => asked("remove", grace);

const SAID = { id: "m", body: "See you on Friday!", sender: grace, attachments: [] };
const message = SAID as unknown as Message;
const longMessage = { ...message, body: LONG.repeat(6), sender: wolfe } as unknown as Message;
const deletion = { message, cancel: none, confirm: none };

export const Delete = () => <DeleteDialog deletion={deletion} />;
export const DeleteForMe = () => <HideDialog deletion={deletion} />;

const conflict = (yours: string, newer: string) => (
  <ConflictDialog conflict={{ yours, newer, keepYours: none, keepNewer: none }} />
);

export const TwoTexts = () => conflict("From the desk", "From the phone");
export const TwoLongTexts = () => conflict(LONG.repeat(10), LONG.repeat(8));

function Log({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation("conversation");
  const dates = useDateReader();
  const place = { conversationId: "one", isGroup: true, isInThread: false, isOpen: true };
  const faces = new Map<string, string>();
  const reader = { t, dates, viewerId: "ada", faces, ...place };
  const actions = {} as MessageActions;
  return <ReaderContext value={{ ...reader, actions }}>{children}</ReaderContext>;
}

const purpose = (kind: "reply" | "edit", of: Message) => (
  <Log>
    <PurposeStrip purpose={{ kind, message: of }} onCancel={none} />
  </Log>
);

export const Replying = () => purpose("reply", message);
export const ReplyingToALongText = () => purpose("reply", longMessage);
export const Editing = () => purpose("edit", message);
export const DraftOfAnotherDevice = () => (
  <OtherDraft text="Shall we meet at noon?" decide={none} />
);
export const LongDraftOfAnotherDevice = () => <OtherDraft text={LONG.repeat(4)} decide={none} />;
