// The card of a person: what they let the viewer see, and what the viewer can do.

import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import card from "@meetinity/ui/look/card.module.css";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronLeft, MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { NotFound } from "../shell/not-found.tsx";
import styles from "./person.module.css";
import { type Person, usePerson } from "./person.ts";
import { PersonActions } from "./person-actions.tsx";
import { PersonFacts } from "./person-facts.tsx";

const route = getRouteApi("/signedIn/pages/people/$personId");

export function PersonPage() {
  const { t } = useTranslation("people");
  const { personId } = route.useParams();
  const state = usePerson(personId);
  const person = state.status === "ready" ? state.person : null;
  useTitle(person?.displayName ?? "");
  if (state.status === "unknown") return <NotFound />;
  return (
    <div className={card.page}>
      <Link to="/" className={card.back}>
        <ChevronLeft aria-hidden="true" />
        {t("back")}
      </Link>
      {state.status === "loading" && <Loading />}
      {state.status === "failed" && <PersonFailed error={state.error} onRetry={state.retry} />}
      {person && <Card person={person} />}
    </div>
  );
}

function PersonFailed(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation("shell");
  useTitle(t("pageFailed"));
  return <Failed heading={t("pageFailed")} {...props} />;
}

function Card({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const { viewerId } = useObservable(client.session);
  const { id, displayName, headline, location } = person;
  return (
    <article className={classes(card.card, styles.card)}>
      <header className={styles.head}>
        <Avatar id={id} name={displayName} size="large" />
        <h1>
          {displayName}
          <VerifiedBadge isVerified={person.isVerified} />
        </h1>
        {headline && <p className={styles.headline}>{headline}</p>}
        {location && (
          <p className={styles.location}>
            <MapPin aria-hidden="true" />
            <span className="hidden-visually">{t("location")}</span>
            {location}
          </p>
        )}
      </header>
      {id === viewerId ? (
        <p className={styles.hint}>{t("ownHint")}</p>
      ) : (
        <PersonActions person={person} />
      )}
      <PersonFacts person={person} />
    </article>
  );
}
