// In place of the field for a message: why nothing can be sent in this conversation.
import { useQuery } from "@apollo/client/react";
import type { ConversationState } from "@meetinity/client";
import { UserProfileDocument } from "@meetinity/client/documents";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import styles from "./composer.module.css";

interface Other {
  readonly id: string;
  readonly displayName: string;
}

interface CannotWriteProps {
  readonly sending: Exclude<ConversationState["sending"], "OPEN">;
  /** Null when the account is gone. */
  readonly other: Other | null;
  readonly onReopen: () => void;
}

export function CannotWrite({ sending, other, onReopen }: CannotWriteProps) {
  const { t } = useTranslation("conversation");
  const isClosed = sending === "CLOSED" && other;
  return (
    <div className={styles.cannotWrite} role="status">
      {isClosed ? <Closed {...{ other, onReopen }} /> : <p>{t("recipientGone")}</p>}
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
  const { data, loading } = useQuery(UserProfileDocument, {
    variables: { id },
    fetchPolicy: "cache-and-network",
  });
  if (loading && !data) return null;
  if (!data?.user?.isBlockedByViewer) {
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
