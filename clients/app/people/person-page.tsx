// The card of a person: what they let the viewer see, and what the viewer can do.

import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Failed } from "@meetinity/ui/components/state.tsx";
import card from "@meetinity/ui/look/card.module.css";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Back } from "../shell/back.tsx";
import { client } from "../shell/client.ts";
import { NotFound } from "../shell/not-found.tsx";
import styles from "./person.module.css";
import { type Person, usePerson } from "./person.ts";
import { PersonActions } from "./person-actions.tsx";
import { PersonFacts } from "./person-facts.tsx";
import { PersonHead } from "./person-head.tsx";

const route = getRouteApi("/signedIn/people/$personId");

export function PersonPage() {
  const { personId } = route.useParams();
  const { viewerId } = useObservable(client.session);
  if (viewerId === null) return null;
  return <OnePerson key={`${viewerId} ${personId}`} id={personId} viewerId={viewerId} />;
}

function OnePerson({ id, viewerId }: { readonly id: string; readonly viewerId: string }) {
  const { state, retry, show } = usePerson(id, viewerId);
  useReadAgain(retry);
  const person = state.status === "ready" ? state.person : null;
  useTitle(person?.displayName ?? "");
  if (state.status === "unknown") return <NotFound />;
  return (
    <div className={card.page}>
      <Back to="/people" />
      {state.status === "loading" && <Skeleton shape="person" />}
      {state.status === "failed" && <PersonFailed error={state.error} onRetry={retry} />}
      {person && <Card person={person} isOwn={id === viewerId} onChange={show} />}
    </div>
  );
}

function PersonFailed(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation("shell");
  useTitle(t("pageFailed"));
  return <Failed heading={t("pageFailed")} {...props} />;
}

interface CardProps {
  readonly person: Person;
  readonly isOwn: boolean;
  readonly onChange: (person: Person) => void;
}

function Card({ person, isOwn, onChange }: CardProps) {
  const { t } = useTranslation("people");
  return (
    <article className={classes(card.card, styles.card)}>
      <PersonHead person={person} />
      {isOwn ? (
        <div className={styles.own}>
          <p className={styles.hint}>{t("ownHint")}</p>
          <Link to="/profile" className={buttonClass({})}>
            <Pencil aria-hidden="true" size={18} />
            {t("edit")}
          </Link>
        </div>
      ) : (
        <PersonActions person={person} onChange={onChange} />
      )}
      <PersonFacts person={person} />
    </article>
  );
}
