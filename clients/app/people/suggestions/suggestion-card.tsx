// One person whom the viewer may meet: who they are, why, where, and the three answers.
import type { SuggestionAnswer } from "@meetinity/client/operations";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import { Clock, Handshake, MapPin, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./card.module.css";
import { Reasons } from "./reasons.tsx";
import type { Suggestion } from "./suggestions.ts";

interface SuggestionCardProps {
  readonly suggestion: Suggestion;
  readonly isBusy: boolean;
  readonly onAnswer: (answer: SuggestionAnswer) => void;
}

export function SuggestionCard({ suggestion, isBusy, onAnswer }: SuggestionCardProps) {
  const { user } = suggestion;
  return (
    <article className={styles.card} aria-labelledby={`person-${suggestion.id}`} tabIndex={-1}>
      <Head suggestion={suggestion} />
      {user.bio && (
        <p className={styles.bio} dir="auto">
          {user.bio}
        </p>
      )}
      <Reasons suggestion={suggestion} />
      <SharedEvents suggestion={suggestion} />
      <Actions name={user.displayName} isBusy={isBusy} onAnswer={onAnswer} />
    </article>
  );
}

function Head({ suggestion: { id, user } }: { readonly suggestion: Suggestion }) {
  return (
    <header className={styles.head}>
      <Avatar id={user.id} name={user.displayName} picture={user.avatarUrl} />
      <div>
        <h2 id={`person-${id}`} dir="auto">
          <Link dir="auto" to="/people/$personId" params={{ personId: user.id }}>
            {user.displayName}
          </Link>
          <VerifiedBadge isVerified={user.isVerified} />
        </h2>
        {user.headline && <p dir="auto">{user.headline}</p>}
        {user.location && (
          <p className={styles.place}>
            <MapPin aria-hidden="true" />
            <span dir="auto">{user.location}</span>
          </p>
        )}
      </div>
    </header>
  );
}

function SharedEvents({ suggestion: { id, sharedEvents } }: { readonly suggestion: Suggestion }) {
  const { t } = useTranslation("suggestions");
  const { locale } = useDateReader();
  if (sharedEvents.length === 0) return null;
  const soonestFirst = sharedEvents.toSorted((one, other) =>
    one.startsAt < other.startsAt ? -1 : 1,
  );
  return (
    <section className={styles.events} aria-labelledby={`events-${id}`}>
      <h3 id={`events-${id}`}>{t("sharedEvents")}</h3>
      <ul>
        {soonestFirst.map((event) => (
          <li key={event.id}>
            <Link to="/events/$eventId" params={{ eventId: event.id }} className={styles.event}>
              <time dateTime={event.startsAt}>
                {formatDay(event.startsAt, locale, event.timeZone)}
              </time>
              <span className={styles.eventTitle} dir="auto">
                {event.title}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The day where the event is: `Fri 4 Dec`. */
function formatDay(at: string, locale: string, timeZone: string): string {
  const day = { weekday: "short", day: "numeric", month: "short", timeZone } as const;
  return new Intl.DateTimeFormat(locale, day).format(new Date(at));
}

interface ActionsProps extends Omit<SuggestionCardProps, "suggestion"> {
  readonly name: string;
}

function Actions({ name, isBusy, onAnswer }: ActionsProps) {
  const { t } = useTranslation("suggestions");
  const answers = [
    { answer: "DECLINE", text: t("decline"), icon: X, kind: "secondary" },
    { answer: "LATER", text: t("later"), icon: Clock, kind: "secondary" },
    { answer: "ACCEPT", text: t("accept"), icon: Handshake, kind: "primary" },
  ] as const;
  return (
    <div className={styles.actions}>
      {answers.map(({ answer, text, icon: Icon, kind }) => (
        <Button key={answer} kind={kind} aria-disabled={isBusy} onClick={() => onAnswer(answer)}>
          <Icon aria-hidden="true" size={18} />
          {text}
          <span className="hidden-visually"> · {name}</span>
        </Button>
      ))}
    </div>
  );
}
