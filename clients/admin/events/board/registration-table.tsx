// The registrations of an event, with what can be decided about each.

import { Badge } from "@meetinity/ui/components/badge.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { formatPrice } from "@meetinity/ui/i18n/prices.ts";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Moment } from "../../parts/moment.tsx";
import page from "../../parts/page.module.css";
import { PersonName } from "../../parts/person-name.tsx";
import { useEvent } from "../event-page.tsx";
import { Answers } from "./answers.tsx";
import { type Asked, DecisionDialog } from "./decision-dialog.tsx";
import { type Problem, useDecisions } from "./decisions.ts";
import type { Registration } from "./registrations.ts";
import { RowActions } from "./row-actions.tsx";

interface RegistrationTableProps {
  readonly registrations: readonly Registration[];
}

export function RegistrationTable({ registrations }: RegistrationTableProps) {
  const { t } = useTranslation("board");
  const { status, endsAt, viewerRights, ticketTypes } = useEvent();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { decisions, act } = useActing();
  const isOpen = status !== "CANCELLED" && new Date() < new Date(endsAt);
  const mayEdit = viewerRights.includes("EDIT") && isOpen;
  const hasTypes = ticketTypes.length > 0;
  const nameOf = ({ attendee }: Registration) => attendee?.displayName ?? t("nobody");
  function decide(note: string): void {
    setAsked(null);
    if (!asked) return;
    const { registration, decision } = asked;
    const name = nameOf(registration);
    if (decision === "remove") void act(decisions.remove(registration.id), t("removed", { name }));
    else void act(decisions.decline(registration.id, note), t("declined", { name }));
  }
  return (
    <div className={page.frame}>
      <table className={page.table}>
        <caption className="hidden-visually">{t("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("person")}</th>
            <th scope="col">{t("status")}</th>
            {hasTypes && <th scope="col">{t("ticketType")}</th>}
            <th scope="col">{t("party")}</th>
            <th scope="col">{t("registeredAt")}</th>
            {mayEdit && (
              <th scope="col" className={page.end}>
                {t("actions")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {registrations.map((each) => (
            <Row key={each.id} registration={each} hasTypes={hasTypes}>
              {mayEdit && (
                <RowActions
                  registration={each}
                  onApprove={() =>
                    void act(decisions.approve(each.id), t("approved", { name: nameOf(each) }))
                  }
                  onDecline={() => setAsked({ registration: each, decision: "decline" })}
                  onRemove={() => setAsked({ registration: each, decision: "remove" })}
                  onReadmit={() =>
                    void act(decisions.readmit(each.id), t("readmitted", { name: nameOf(each) }))
                  }
                />
              )}
            </Row>
          ))}
        </tbody>
      </table>
      <DecisionDialog asked={asked} onConfirm={decide} onCancel={() => setAsked(null)} />
    </div>
  );
}

interface RowProps {
  readonly registration: Registration;
  /** Whether there is a column of ticket types. */
  readonly hasTypes: boolean;
  /** The actions; false for those who may not. */
  readonly children: ReactNode;
}

function Row({ registration, hasTypes, children }: RowProps) {
  const { t, i18n } = useTranslation("board");
  const { attendee, partySize, createdAt, ticketType } = registration;
  return (
    <tr>
      <td>
        {attendee ? (
          <PersonName person={attendee} />
        ) : (
          <span className={page.soft}>{t("nobody")}</span>
        )}
        <Answers registration={registration} />
      </td>
      <td>
        <Status registration={registration} />
      </td>
      {hasTypes && (
        <td {...(ticketType && { "data-label": t("ticketType") })}>
          {ticketType && (
            <span className={page.stack}>
              <span>{ticketType.name}</span>
              {ticketType.price && (
                <span className={page.soft}>{formatPrice(ticketType.price, i18n.language)}</span>
              )}
            </span>
          )}
        </td>
      )}
      <td className={page.number} data-label={t("party")}>
        {partySize}
      </td>
      <td data-label={t("registeredAt")}>
        <Moment at={createdAt} />
      </td>
      {children !== false && <td className={page.end}>{children}</td>}
    </tr>
  );
}

const TONES = {
  PENDING_APPROVAL: "waiting",
  CONFIRMED: "good",
  CHECKED_IN: "good",
  NO_SHOW: "bad",
  OFFERED: "waiting",
  WAITLISTED: "waiting",
  DECLINED: "quiet",
  EXPIRED: "quiet",
  CANCELLED: "quiet",
} as const;

/** The state, with the place in the waitlist, the end of an offer, or who ended it and why. */
function Status({ registration }: { readonly registration: Registration }) {
  const { t } = useTranslation("board");
  const { status, waitlistPosition, cancelledBy, offerExpiresAt, isTooLarge, note } = registration;
  return (
    <span className={page.with}>
      <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>
      {waitlistPosition !== null && (
        <span className={`${page.soft} ${page.number}`}>
          {t("position", { position: waitlistPosition })}
        </span>
      )}
      {cancelledBy && <span className={page.soft}>{t(`by.${cancelledBy}`)}</span>}
      {status === "OFFERED" && offerExpiresAt && (
        <span className={page.soft}>
          {t("until")} <Moment at={offerExpiresAt} />
        </span>
      )}
      {isTooLarge && <span className={page.soft}>{t("tooLarge")}</span>}
      {note && (
        <q dir="auto" className={page.soft}>
          {note}
        </q>
      )}
    </span>
  );
}

interface Acting {
  readonly decisions: ReturnType<typeof useDecisions>;
  /** Says how it went; `done` when it worked. */
  act(work: Promise<Problem>, done: string): Promise<void>;
}

function useActing(): Acting {
  const { t } = useTranslation("board");
  const { t: common } = useTranslation("shell");
  const decisions = useDecisions();
  const act = (work: Promise<Problem>, done: string) =>
    work.then(
      (problem) => (problem ? sayFailure(t(`problems.${problem}`)) : say(done)),
      (error: unknown) => sayFailure(explain(error, common)),
    );
  return { decisions, act };
}
