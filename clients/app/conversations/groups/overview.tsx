// The first page of a group's details: its purpose, what one can do in it, and its members.
import type { Conversation, ConversationState } from "@meetinity/client";
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { Link2, Settings, UserPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { LeaveButton } from "../details/leave-button.tsx";
import { MemberList } from "../details/member-list.tsx";
import { useReader } from "../log/reader.tsx";
import { type PageName, TITLES } from "./group-page.ts";
import styles from "./groups.module.css";
import { MemberMenu } from "./member-menu.tsx";
import { MemberQuestion } from "./member-question.tsx";
import { offeredFor } from "./member-rules.ts";
import { GroupPicture } from "./picture/group-picture.tsx";
import { useMemberActions } from "./use-member-actions.ts";

interface OverviewProps {
  readonly conversation: Conversation;
  readonly conversationId: string;
  readonly state: ConversationState;
  /** Those that the viewer may open. */
  readonly pages: readonly PageName[];
  readonly open: (page: PageName) => void;
}

const ICONS = { settings: Settings, adding: UserPlus, invites: Link2 } as const;

export function Overview({ conversation, conversationId, state, pages, open }: OverviewProps) {
  const { t } = useTranslation("groups");
  const { viewerId } = useReader();
  const acting = useMemberActions(conversationId);
  return (
    <>
      <div className={popup.body}>
        {state.viewerRights.includes("CHANGE_DETAILS") && (
          <GroupPicture
            conversationId={conversationId}
            title={state.title ?? ""}
            pictureUrl={state.pictureUrl}
          />
        )}
        <About state={state} />
        {pages.length > 0 && (
          <div className={styles.pages}>
            {pages.map((page) => {
              const Icon = ICONS[page];
              return (
                <Button key={page} onClick={() => open(page)}>
                  <Icon aria-hidden="true" size={18} />
                  {t(TITLES[page])}
                </Button>
              );
            })}
          </div>
        )}
        <MemberList
          members={state.members}
          badge={({ role }) =>
            role !== "MEMBER" && (
              <Badge tone={role === "GUEST" ? "quiet" : "own"}>{t(`roles.${role}`)}</Badge>
            )
          }
          menu={({ role, user }) => {
            const isViewer = user?.id === viewerId;
            return (
              user && (
                <MemberMenu
                  user={user}
                  offered={offeredFor({ role, isViewer }, state)}
                  {...acting}
                />
              )
            );
          }}
        />
      </div>
      <div className={popup.actions}>
        <LeaveButton conversation={conversation} />
      </div>
      <MemberQuestion {...acting} />
    </>
  );
}

/** The description, and the settings that every member should know. */
function About({ state }: Pick<OverviewProps, "state">) {
  const { t } = useTranslation("groups");
  const { description, settings } = state;
  const facts = [
    settings?.posting === "ADMINS" && t("facts.posting"),
    settings?.history === "FROM_JOINING" && t("facts.history"),
  ].filter((fact) => fact !== false);
  return (
    <>
      {description !== null && (
        <p className={styles.description} dir="auto">
          {description}
        </p>
      )}
      {facts.map((fact) => (
        <p key={fact} className={styles.fact}>
          {fact}
        </p>
      ))}
    </>
  );
}
