// The first event: coming ones that fit, and registering for one right here.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { CalendarDays } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Profile } from "../../people/profile/profile.ts";
import { client } from "../../shell/client.ts";
import { leaveForEvent } from "../../shell/first-steps.ts";
import { Frame, Ways } from "../frame.tsx";
import type { Going } from "../going.ts";
import { useReading } from "../reading.ts";
import styles from "./event.module.css";
import { EventOffer } from "./event-offer.tsx";
import { type Choices, type Own, readChoices } from "./events.ts";

interface EventStepProps {
  readonly going: Going;
  readonly profile: Profile;
  /** Where the person wanted to go. */
  readonly to: string | undefined;
}

export function EventStep({ going, profile, to }: EventStepProps) {
  const { t } = useTranslation("welcome");
  const { skills, interests } = profile;
  const read = useCallback(() => readChoices([...skills, ...interests]), [skills, interests]);
  const { value: choices, error, reload, change } = useReading(read);
  const isDone = (choices?.own.length ?? 0) > 0;
  const add = (own: Own) => choices && change({ ...choices, own: [...choices.own, own] });
  return (
    <Frame step="event">
      {!choices && (error ? <Failed error={error} onRetry={reload} /> : <Loading rows={4} />)}
      {choices && <Offers choices={choices} here={pathOf(to)} onRegistered={add} />}
      <Ways>
        <Button kind="plain" onClick={going.back ?? undefined}>
          {t("back")}
        </Button>
        <Button kind={isDone ? "primary" : "secondary"} onClick={going.next}>
          {t(isDone ? "goOn" : "skip")}
        </Button>
      </Ways>
    </Frame>
  );
}

/** Of this step. */
const pathOf = (to: string | undefined) =>
  `/welcome/event${to === undefined ? "" : `?${new URLSearchParams({ to })}`}`;

interface OffersProps {
  readonly choices: Choices;
  readonly here: string;
  readonly onRegistered: (own: Own) => void;
}

function Offers({ choices: { fitting, own }, here, onRegistered }: OffersProps) {
  const { t } = useTranslation("welcome");
  const isConfirmed = useObservable(client.session).isEmailVerified !== false;
  const shown = new Set(fitting.map(({ event }) => event.id));
  const elsewhere = own.filter(({ eventId }) => !shown.has(eventId));
  return (
    <>
      {!isConfirmed && <Unconfirmed here={here} />}
      {elsewhere.map(({ eventId, title }) => (
        <p key={eventId} className={styles.elsewhere} dir="auto">
          {t("registered", { title })}
        </p>
      ))}
      {fitting.length === 0 && (
        <Empty icon={CalendarDays} title={t("noEvents")}>
          {t("noEventsHint")}
        </Empty>
      )}
      {fitting.map((each) => (
        <EventOffer
          key={each.event.id}
          fitting={each}
          own={own.find(({ eventId }) => eventId === each.event.id)}
          mayRegister={isConfirmed}
          onLook={() => leaveForEvent(here)}
          onRegistered={onRegistered}
        />
      ))}
      <Link to="/events" onClick={() => leaveForEvent(here)}>
        {t("allEvents")}
      </Link>
    </>
  );
}

function Unconfirmed({ here }: { readonly here: string }) {
  const { t } = useTranslation("welcome");
  return (
    <p className={styles.unconfirmed}>
      {t("confirmFirst")}{" "}
      <Link to="/confirm-address" search={{ to: here }}>
        {t("confirmNow")}
      </Link>
    </p>
  );
}
