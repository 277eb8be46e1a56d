// The page of an invite link: the group to which it leads, and how to join it.
import { AcceptInvite, InvitePreview, type InvitePreviewQuery } from "@meetinity/client/operations";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { CardFrame } from "@meetinity/ui/session/card.tsx";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { ConfirmAddress } from "../../shell/confirm-address.tsx";
import { useRead } from "../../shell/use-read.ts";
import { explainProblem } from "../problems/explain-problem.ts";
import styles from "./groups.module.css";

const route = getRouteApi("/signedIn/invite/$code");

export function InvitePage() {
  const { t } = useTranslation("groups");
  const { code } = route.useParams();
  const { data, error, retry } = useRead(InvitePreview, { code });
  if (!data) {
    if (error) return <Failed heading={t("invite.failed")} error={error} onRetry={retry} />;
    return <Loading />;
  }
  if (data.invitePreview === null) return <Invalid />;
  return <Preview code={code} preview={data.invitePreview} />;
}

function ToConversations() {
  const { t } = useTranslation("shell");
  return <Link to="/">{t("toConversations")}</Link>;
}

function Invalid() {
  const { t } = useTranslation("groups");
  return (
    <CardFrame
      title={t("invite.invalid")}
      lead={t("invite.invalidLead")}
      other={<ToConversations />}
    />
  );
}

interface PreviewProps {
  readonly code: string;
  readonly preview: NonNullable<InvitePreviewQuery["invitePreview"]>;
}

function Preview({ code, preview }: PreviewProps) {
  const { t } = useTranslation("groups");
  const { conversationId, title, description, memberCount: count, isViewerMember } = preview;
  const { isBusy, isUnverified, join } = useJoining(code);
  return (
    <CardFrame
      title={t("invite.title")}
      lead={isViewerMember ? t("invite.isMember") : null}
      other={<ToConversations />}
    >
      <div className={styles.preview}>
        <Avatar id={conversationId} name={title} kind="group" />
        <div>
          <h2 dir="auto">{title}</h2>
          <p>{t("invite.members", { count })}</p>
        </div>
      </div>
      {description !== null && (
        <p className={styles.description} dir="auto">
          {description}
        </p>
      )}
      {isUnverified && <ConfirmAddress />}
      {isViewerMember ? (
        <Link
          className={buttonClass({ kind: "primary" })}
          to="/conversations/$conversationId"
          params={{ conversationId }}
        >
          {t("invite.open")}
        </Link>
      ) : (
        <Button needsNetwork kind="primary" aria-disabled={isBusy} onClick={() => void join()}>
          {t("invite.join")}
        </Button>
      )}
    </CardFrame>
  );
}

/** One attempt at a time. */
function useJoining(code: string) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const [isUnverified, setUnverified] = useState(false);
  async function join(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      const joining = client.run(AcceptInvite, { input: { code } }, { isSafeToRepeat: true });
      const { acceptInvite: result } = await joining;
      if (result.__typename === "AcceptInviteSuccess") {
        const params = { conversationId: result.conversation.id };
        await navigate({ to: "/conversations/$conversationId", params, replace: true });
      } else if (result.__typename === "EmailNotVerifiedProblem") setUnverified(true);
      else sayFailure(explainProblem(result));
    } catch (error) {
      sayFailure(explain(error, t));
    } finally {
      setBusy(false);
    }
  }
  return { isBusy, isUnverified, join };
}
