// The details of a group, on pages within one dialog: the first one, its settings, adding people,
// and its invite links. A page is offered to those who have the right.
import type { Conversation, ConversationState } from "@meetinity/client";
import { DialogHeading } from "@meetinity/ui/components/dialog-heading.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReader } from "../log/reader.tsx";
import { Adding } from "./adding.tsx";
import { type PageName, TITLES } from "./group-page.ts";
import { Invites } from "./invites.tsx";
import { Overview } from "./overview.tsx";
import { SettingsForm } from "./settings-form.tsx";

export interface GroupDetailsProps {
  readonly conversation: Conversation;
  readonly conversationId: string;
  readonly state: ConversationState;
}

/** Behind the first page. */
const PAGES = {
  settings: { right: "CHANGE_DETAILS", Page: SettingsForm },
  adding: { right: "ADD_MEMBERS", Page: Adding },
  invites: { right: "INVITE_BY_LINK", Page: Invites },
} as const;

export function GroupDetails({ conversation, ...group }: GroupDetailsProps) {
  const { t } = useTranslation("groups");
  const { t: details } = useReader();
  const [wanted, setWanted] = useState<PageName | null>(null);
  const { viewerRights } = group.state;
  const pages = (["settings", "adding", "invites"] as const).filter((name) =>
    viewerRights.includes(PAGES[name].right),
  );
  // A right may go while its page is open.
  const name = wanted !== null && pages.includes(wanted) ? wanted : null;
  if (name === null) {
    return (
      <>
        <DialogHeading title={details("details")} />
        <Overview {...{ conversation, pages }} {...group} open={setWanted} />
      </>
    );
  }
  const { Page } = PAGES[name];
  const close = () => setWanted(null);
  return (
    <>
      <DialogHeading title={t(TITLES[name])} back={{ name: t("back"), go: close }} />
      <Page {...group} close={close} />
    </>
  );
}
