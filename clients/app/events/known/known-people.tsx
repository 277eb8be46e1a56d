// The reader's matches who come to an event, with the way to write to them. Where they cannot be
// read, the page is as it is without anybody.
import { EventMatches } from "@meetinity/client/operations";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Link } from "@tanstack/react-router";
import { MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMessage } from "../../shell/use-message.ts";
import { useRead } from "../../shell/use-read.ts";
import styles from "./known.module.css";

export interface Known {
  readonly people: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly headline: string | null;
    readonly avatarUrl: string | null;
  }[];
  readonly organizerId: string | null;
}

/** Those who register or hide meanwhile are seen after so long at the latest. */
const POLL_MS = 15_000;

/** Read beside the event, so that they do not come late. Empty until they are there. */
export function useKnown(eventId: string): Known {
  const { data } = useRead(EventMatches, { id: eventId }, { pollMs: POLL_MS });
  const organizerId = data?.event?.organizer?.id ?? null;
  return { people: data?.event?.viewerMatches ?? [], organizerId };
}

export function KnownPeople({ known: { people, organizerId } }: { readonly known: Known }) {
  const { t } = useTranslation("known");
  if (people.length === 0) return null;
  return (
    <section>
      <h2>{t("title")}</h2>
      <ul className={styles.people} aria-label={t("title")}>
        {people.map((person) => (
          <li key={person.id} className={styles.person}>
            <KnownPerson person={person} isOrganizer={person.id === organizerId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PersonProps {
  readonly person: Known["people"][number];
  readonly isOrganizer: boolean;
}

function KnownPerson({ person, isOrganizer }: PersonProps) {
  const { t } = useTranslation("known");
  const { t: common } = useTranslation("shell");
  const { id, displayName: name, headline, avatarUrl } = person;
  const message = useMessage(id, {
    refuse: () => sayFailure(t("cannotWrite")),
    askToConfirm: () => sayFailure(t("confirmFirst")),
  });
  const write = () => void message().catch((error: unknown) => sayFailure(explain(error, common)));
  return (
    <>
      <Avatar id={id} name={name} picture={avatarUrl} />
      <div className={styles.texts}>
        <Link to="/people/$personId" params={{ personId: id }} className={styles.name} dir="auto">
          {name}
        </Link>
        <p className={styles.about} dir="auto">
          {isOrganizer ? t("organizes") : headline}
        </p>
      </div>
      <IconButton name={t("write", { name })} isSmall onClick={write}>
        <MessageCircle aria-hidden="true" />
      </IconButton>
    </>
  );
}
