// In place of the field for a message: why nothing can be sent in this conversation.
import type { ConversationState } from "@meetinity/client";
import { UserProfile } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { nameOf } from "../conversation/names.ts";
import styles from "./composer.module.css";

interface Other {
  readonly id: string;
  readonly displayName: string;
}

interface CannotWriteProps {
  /** `ADMINS_ONLY`: in this group, the viewer may not. */
  readonly sending: Exclude<ConversationState["sending"], "OPEN"> | "ADMINS_ONLY";
  /** Null when the account is gone. */
  readonly other: Other | null;
  readonly onReopen: () => void;
}

export function CannotWrite({ sending, other, onReopen }: CannotWriteProps) {
  const { t } = useTranslation("conversation");
  const name = nameOf(other, t);
  const reasons = {
    ADMINS_ONLY: t("adminsOnly"),
    REQUEST_PENDING: t("requestPending", { name }),
  } as const;
  return (
    <div className={styles.cannotWrite} role="status">
      {sending === "CLOSED" && other ? (
        <Closed {...{ other, onReopen }} />
      ) : (
        <p>{sending in reasons ? reasons[sending as keyof typeof reasons] : t("recipientGone")}</p>
      )}
    </div>
  );
}

interface ClosedProps extends Pick<CannotWriteProps, "onReopen"> {
  readonly other: Other;
}

/** The person who blocks the other is told how to end that. The other one learns nothing of it. */
function Closed({ other: { id, displayName: name }, onReopen }: ClosedProps) {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation("shell");
  const isBlocked = useIsBlocked(id);
  if (isBlocked === null) return null;
  if (!isBlocked) {
    return (
      <>
        <p>{t("closed")}</p>
        <Button isSmall onClick={onReopen}>
          {common("tryAgain")}
        </Button>
      </>
    );
  }
  return (
    <>
      <p>{t("youBlock", { name })}</p>
      <Link to="/people/$personId" params={{ personId: id }}>
        {t("toUnblock")}
      </Link>
    </>
  );
}

/** Whether the viewer blocks a person; null until that is known, and false if it cannot be. */
function useIsBlocked(id: string): boolean | null {
  const [isBlocked, setBlocked] = useState<boolean | null>(null);
  useEffect(() => {
    let isCurrent = true;
    client.run(UserProfile, { id }).then(
      ({ user }) => isCurrent && setBlocked(user?.isBlockedByViewer ?? false),
      () => isCurrent && setBlocked(false),
    );
    return () => {
      isCurrent = false;
    };
  }, [id]);
  return isBlocked;
}
