// The registrations of an event, with the way to remove each.
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../parts/badge.tsx";
import { Moment } from "../../parts/moment.tsx";
import page from "../../parts/page.module.css";
import { PersonName } from "../../parts/person-name.tsx";
import { useEvent } from "../event-page.tsx";
import { Answers } from "./answers.tsx";
import { type Registration, useRemove } from "./registrations.ts";
import { isActive } from "./statuses.ts";

interface RegistrationTableProps {
  readonly registrations: readonly Registration[];
}

export function RegistrationTable({ registrations }: RegistrationTableProps) {
  const { t } = useTranslation("board");
  const { viewerRights } = useEvent();
  const [asked, setAsked] = useState<Registration | null>(null);
  const mayEdit = viewerRights.includes("EDIT");
  return (
    <div className={page.frame}>
      <table className={page.table}>
        <caption className="hidden-visually">{t("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("person")}</th>
            <th scope="col">{t("status")}</th>
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
            <Row
              key={each.id}
              registration={each}
              onRemove={mayEdit ? () => setAsked(each) : null}
            />
          ))}
        </tbody>
      </table>
      <RemoveDialog asked={asked} onDone={() => setAsked(null)} />
    </div>
  );
}

interface RowProps {
  readonly registration: Registration;
  /** Null for those who may not. */
  readonly onRemove: (() => void) | null;
}

function Row({ registration, onRemove }: RowProps) {
  const { t } = useTranslation("board");
  const { attendee, partySize, status, createdAt } = registration;
  const name = attendee?.displayName ?? t("nobody");
  return (
    <tr>
      <td>
        {attendee ? <PersonName person={attendee} /> : <span className={page.soft}>{name}</span>}
        <Answers registration={registration} />
      </td>
      <td>
        <Status registration={registration} />
      </td>
      <td className={page.number} data-label={t("party")}>
        {partySize}
      </td>
      <td data-label={t("registeredAt")}>
        <Moment at={createdAt} />
      </td>
      {onRemove && (
        <td className={page.end}>
          {isActive(status) && (
            <Button isSmall aria-label={t("removeName", { name })} onClick={onRemove}>
              {t("remove")}
            </Button>
          )}
        </td>
      )}
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

/** The state, with the place in the waitlist or who ended it. */
function Status({ registration }: { readonly registration: Registration }) {
  const { t } = useTranslation("board");
  const { status, waitlistPosition, cancelledBy } = registration;
  return (
    <span className={page.with}>
      <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>
      {waitlistPosition !== null && (
        <span className={`${page.soft} ${page.number}`}>
          {t("position", { position: waitlistPosition })}
        </span>
      )}
      {cancelledBy && <span className={page.soft}>{t(`by.${cancelledBy}`)}</span>}
    </span>
  );
}

interface RemoveDialogProps {
  readonly asked: Registration | null;
  readonly onDone: () => void;
}

function RemoveDialog({ asked, onDone }: RemoveDialogProps) {
  const { t } = useTranslation("board");
  const { t: common } = useTranslation("shell");
  const remove = useRemove();
  const name = asked?.attendee?.displayName ?? t("nobody");
  async function confirm(): Promise<void> {
    onDone();
    if (!asked) return;
    await remove(asked.id).then(
      (isDone) => (isDone ? say(t("removed", { name })) : sayFailure(t("over"))),
      (error: unknown) => sayFailure(explain(error, common)),
    );
  }
  return (
    <ConfirmDialog
      isOpen={asked !== null}
      title={t("removeTitle", { name })}
      text={t("removeText")}
      confirm={t("remove")}
      onConfirm={() => void confirm()}
      onCancel={onDone}
    />
  );
}
