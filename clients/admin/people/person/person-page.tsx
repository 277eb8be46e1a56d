// One person for moderators and admins: what is known of them, and what can be done about them.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Moment } from "../../parts/moment.tsx";
import styles from "../../parts/page.module.css";
import { Page } from "../../parts/page.tsx";
import { NotFound } from "../../shell/not-found.tsx";
import { useViewer } from "../../shell/viewer.ts";
import { type Person, usePerson } from "./person.ts";
import { Roles } from "./roles.tsx";
import { SuspensionCard } from "./suspension-card.tsx";
import { VerifiedCard } from "./verified-card.tsx";

const route = getRouteApi("/signedIn/moderation/people/$personId");

export function PersonPage() {
  const { personId } = route.useParams();
  const { isAdmin } = useViewer();
  const state = usePerson(personId, isAdmin);
  if (state.status === "unknown") return <NotFound />;
  if (state.status === "failed") return <PersonFailed error={state.error} onRetry={state.retry} />;
  if (state.status === "loading") return <Loading />;
  return <Known person={state.person} />;
}

function PersonFailed(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation("shell");
  useTitle(t("pageFailed"));
  return <Failed heading={t("pageFailed")} {...props} />;
}

function Known({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const { isAdmin } = useViewer();
  const { id, displayName, headline, isVerified, avatarUrl, suspension } = person;
  const mark = (
    <>
      <VerifiedBadge isVerified={isVerified} />
      {suspension && <Badge tone="bad">{t("isSuspended")}</Badge>}
    </>
  );
  return (
    <Page title={displayName} mark={mark} lead={headline}>
      <div className={styles.cards}>
        <div className={styles.column}>
          <section className={styles.card} aria-label={t("account")}>
            <Avatar id={id} name={displayName} size="large" picture={avatarUrl} />
            <Facts person={person} />
          </section>
          {isAdmin && <Roles person={person} />}
        </div>
        <div className={styles.column}>
          <SuspensionCard person={person} />
          {isAdmin && <VerifiedCard person={person} />}
        </div>
      </div>
    </Page>
  );
}

function Facts({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const { email, location, createdAt, hasSecondFactor } = person;
  return (
    <dl className={styles.facts}>
      {email && (
        <>
          <dt>{t("email")}</dt>
          <dd>{email}</dd>
        </>
      )}
      {location && (
        <>
          <dt>{t("location")}</dt>
          <dd dir="auto">{location}</dd>
        </>
      )}
      <dt>{t("since")}</dt>
      <dd>
        <Moment at={createdAt} />
      </dd>
      {typeof hasSecondFactor === "boolean" && (
        <>
          <dt>{t("secondFactor")}</dt>
          <dd>{t(hasSecondFactor ? "on" : "off")}</dd>
        </>
      )}
    </dl>
  );
}
