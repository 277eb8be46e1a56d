// The viewer's name, as others see it, and the way to change it.
import { UserProfile, type UserProfileQuery } from "@meetinity/client/operations";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useRead } from "../../shell/use-read.ts";
import { Section } from "../section.tsx";
import styles from "./name.module.css";

type Card = NonNullable<UserProfileQuery["user"]>;

export function NameSection() {
  const { t } = useTranslation("settings");
  const { viewerId } = useObservable(client.session);
  const isOn = viewerId !== null;
  const { data, error, retry } = useRead(UserProfile, { id: viewerId ?? "" }, { isOn });
  const own = data?.user;
  return (
    <Section title={t("name")} hint={t("nameHint")}>
      {own && <Name card={own} />}
      {!own && (error ? <Failed error={error} onRetry={retry} /> : <Loading rows={1} />)}
      <Link to="/profile" className={buttonClass({})}>
        {t("changeName")}
      </Link>
    </Section>
  );
}

function Name({ card }: { readonly card: Card }) {
  const { id, displayName, headline, isVerified, avatarUrl } = card;
  return (
    <div className={styles.person}>
      <Avatar id={id} name={displayName} picture={avatarUrl} />
      <div>
        <p className={styles.name} dir="auto">
          {displayName}
          <VerifiedBadge isVerified={isVerified} />
        </p>
        {headline && (
          <p className={styles.headline} dir="auto">
            {headline}
          </p>
        )}
      </div>
    </div>
  );
}
