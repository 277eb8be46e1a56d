// Mails of notifications, by the link that each of them has: for whoever holds the mail, without
// sign-in.
import {
  NotificationPreferencesByToken,
  UpdateNotificationPreferencesByToken,
} from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { CardFrame } from "@meetinity/ui/session/card.tsx";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useLinkToken } from "../../shell/link-token.ts";
import { useRead } from "../../shell/use-read.ts";
import { ChannelsTable } from "./channels-table.tsx";
import { DigestSection } from "./digest-section.tsx";
import styles from "./notifications.module.css";
import { type Change, inputOf, type Preferences, useWishes } from "./preferences.ts";

export function MailPreferences() {
  const { t } = useTranslation("preferences");
  const token = useLinkToken();
  const other = <Link to="/">{t("goOn")}</Link>;
  if (token === null) {
    return <CardFrame title={t("linkIncomplete")} lead={t("linkIncompleteLead")} other={other} />;
  }
  return <OfToken token={token} />;
}

function OfToken({ token }: { readonly token: string }) {
  const { t } = useTranslation("preferences");
  const { data, error, retry } = useRead(NotificationPreferencesByToken, { token });
  const other = <Link to="/">{t("goOn")}</Link>;
  if (!data) {
    return (
      <CardFrame title={t("mails")} lead={t("mailsLead")} other={other}>
        {error ? <Failed error={error} onRetry={retry} /> : <Loading rows={4} />}
      </CardFrame>
    );
  }
  const read = data.notificationPreferencesByToken;
  if (!read)
    return <CardFrame title={t("linkInvalid")} lead={t("linkInvalidLead")} other={other} />;
  return (
    <CardFrame title={t("mails")} lead={t("mailsLead")} other={other}>
      <Choices token={token} read={read} />
    </CardFrame>
  );
}

function Choices({ token, read }: { readonly token: string; readonly read: Preferences }) {
  const { t } = useTranslation("preferences");
  const wishes = useWishes(read, (change) => store(token, change));
  const { channels } = wishes.preferences;
  const isAnyOn = channels.some(({ isEmailOn }) => isEmailOn);
  const turnOff = () =>
    wishes.change({ channels: channels.map((each) => ({ ...each, isEmailOn: false })) });
  return (
    <div className={styles.mails}>
      {isAnyOn ? (
        <Button kind="primary" onClick={() => void turnOff()}>
          {t("turnOff")}
        </Button>
      ) : (
        <p role="status">{t("allOff")}</p>
      )}
      <ChannelsTable wishes={wishes} />
      <DigestSection wishes={wishes} />
    </div>
  );
}

async function store(token: string, change: Change): Promise<Preferences | null> {
  const { digest, channels } = change;
  const given = { ...(digest && { digest }), ...(channels && { channels }) };
  const data = await client.run(
    UpdateNotificationPreferencesByToken,
    { input: { token, ...inputOf(given) } },
    { isSafeToRepeat: true },
  );
  const result = data.updateNotificationPreferencesByToken;
  return "preferences" in result ? result.preferences : null;
}
