// The invite links of a group: a new one, which is shown once, and those that work.
import { ConversationInvites } from "@meetinity/client/operations";
import popup from "@meetinity/ui/components/popup.module.css";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../../shell/use-read.ts";
import details from "../details/details.module.css";
import type { GroupPageProps } from "./group-page.ts";
import styles from "./groups.module.css";
import { InviteLink } from "./invite-link.tsx";
import { InviteRow } from "./invite-row.tsx";
import { NewInvite } from "./new-invite.tsx";

export function Invites({ conversationId, state }: GroupPageProps) {
  const { t } = useTranslation("groups");
  const [code, setCode] = useState<string | null>(null);
  const { data, error, refresh, retry } = useRead(ConversationInvites, { id: conversationId });
  const readAgain = () => void refresh().catch(() => {});
  const invites = data?.conversation?.invites;
  return (
    <div className={popup.body}>
      <p className={styles.hint}>{t("invites.hint")}</p>
      {code === null ? (
        <NewInvite
          conversationId={conversationId}
          onMade={(made) => {
            setCode(made);
            readAgain();
          }}
        />
      ) : (
        <InviteLink code={code} title={state.title ?? ""} />
      )}
      <h3 className={details.heading} id="invites">
        {t("invites.list")}
      </h3>
      {!invites && (error ? <Failed error={error} onRetry={retry} /> : <Loading rows={2} />)}
      {invites?.length === 0 && <p className={styles.hint}>{t("invites.none")}</p>}
      <ul className={details.list} aria-labelledby="invites">
        {invites?.map((invite) => (
          <InviteRow key={invite.id} invite={invite} onRevoked={readAgain} />
        ))}
      </ul>
    </div>
  );
}
