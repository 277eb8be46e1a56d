// One invite link that works: its maker, its end, its uses, and how to revoke it.
import type { ConversationInvitesQuery } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatFull } from "@meetinity/ui/i18n/dates.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { nameOf } from "../conversation/names.ts";
import { useAttempt } from "../conversation/use-attempt.ts";
import details from "../details/details.module.css";
import { useReader } from "../log/reader.tsx";
import { revokeInvite } from "./actions.ts";
import styles from "./groups.module.css";

type Invite = NonNullable<ConversationInvitesQuery["conversation"]>["invites"][number];

interface InviteRowProps {
  readonly invite: Invite;
  readonly onRevoked: () => void;
}

export function InviteRow({ invite, onRevoked }: InviteRowProps) {
  const { t } = useTranslation("groups");
  const { t: names } = useReader();
  const dates = useDateReader();
  const attempt = useAttempt();
  const [isAsking, setAsking] = useState(false);
  const { id, maker, createdAt, expiresAt, uses, usesMax } = invite;
  const made = { name: nameOf(maker, names), time: formatFull(createdAt, dates) };

  async function revoke(): Promise<void> {
    setAsking(false);
    if (!(await attempt(() => revokeInvite(id)))) return;
    say(t("invites.revoked"));
    onRevoked();
  }

  return (
    <li className={styles.invite}>
      <div className={details.texts}>
        <span dir="auto">{t("invites.maker", made)}</span>
        <span className={details.headline}>
          {expiresAt
            ? t("invites.ends", { time: formatFull(expiresAt, dates) })
            : t("invites.neverEnds")}
          {" · "}
          {usesMax === null
            ? t("invites.used", { count: uses })
            : t("invites.usedOf", { used: uses, count: usesMax })}
        </span>
      </div>
      <Button needsNetwork isSmall onClick={() => setAsking(true)}>
        {t("invites.revoke")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("invites.revokeTitle")}
        text={t("invites.revokeText")}
        confirm={t("invites.revoke")}
        onConfirm={() => void revoke()}
        onCancel={() => setAsking(false)}
      />
    </li>
  );
}
