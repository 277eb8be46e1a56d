// The rows of the ticket types of an event, with how they are used.

import { Badge } from "@meetinity/ui/components/badge.tsx";
import { Button, IconButton } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { formatPrice } from "@meetinity/ui/i18n/prices.ts";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import { Seats } from "../seats.tsx";
import styles from "./ticket-types.module.css";
import { type Deleted, type TicketType, useTypeChanges } from "./ticket-types.ts";

interface TypeTableProps {
  readonly eventId: string;
  readonly types: readonly TicketType[];
  /** Whether they may be changed. */
  readonly isOpen: boolean;
  readonly onEdit: (type: TicketType) => void;
}

export function TypeTable({ eventId, types, isOpen, onEdit }: TypeTableProps) {
  const { t } = useTranslation("ticketTypes");
  const [asked, setAsked] = useState<TicketType | null>(null);
  const { move, remove } = useActing(eventId);
  return (
    <div className={page.frame}>
      <table className={page.table}>
        <caption className="hidden-visually">{t("caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("price")}</th>
            <th scope="col">{t("seats")}</th>
            <th scope="col">{t("seatsLeft")}</th>
            <th scope="col">{t("waitlist")}</th>
            {isOpen && (
              <th scope="col" className={page.end}>
                {t("actions")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {types.map((type, at) => (
            <tr key={type.id}>
              <TypeCells type={type} />
              {isOpen && (
                <td className={page.end}>
                  <TypeActions
                    type={type}
                    isFirst={at === 0}
                    isLast={at === types.length - 1}
                    onMove={(by) => void move(type.id, at + by)}
                    onEdit={() => onEdit(type)}
                    onDelete={() => setAsked(type)}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t("deleteTitle", { name: asked?.name ?? "" })}
        text={t("deleteText")}
        confirm={t("delete")}
        onConfirm={() => {
          setAsked(null);
          if (asked) void remove(asked);
        }}
        onCancel={() => setAsked(null)}
      />
    </div>
  );
}

function TypeCells({ type }: { readonly type: TicketType }) {
  const { t, i18n } = useTranslation("ticketTypes");
  const format = new Intl.NumberFormat(i18n.language);
  const { name, description, price, quota, seatsTaken, isHidden, isReserved, partySizeMax } = type;
  return (
    <>
      <td>
        <span className={page.stack}>
          <span className={page.with}>
            <span className={page.strong}>{name}</span>
            {isHidden && <Badge tone="quiet">{t("hidden")}</Badge>}
            {isReserved && <Badge tone="waiting">{t("reserved")}</Badge>}
          </span>
          {description && (
            <span dir="auto" className={page.soft}>
              {description}
            </span>
          )}
          {partySizeMax !== null && (
            <span className={page.soft}>{t("parties", { count: partySizeMax })}</span>
          )}
        </span>
      </td>
      <td className={page.number} data-label={t("price")}>
        {price ? formatPrice(price, i18n.language) : t("free")}
      </td>
      <td data-label={t("seats")}>
        {quota === null ? (
          <span className={page.number}>{format.format(seatsTaken)}</span>
        ) : (
          <Seats taken={seatsTaken} capacity={quota} />
        )}
      </td>
      <td className={page.number} data-label={t("seatsLeft")}>
        {format.format(type.seatsLeft)}
      </td>
      <td className={page.number} data-label={t("waitlist")}>
        {format.format(type.waitlistLength)}
      </td>
    </>
  );
}

interface TypeActionsProps {
  readonly type: TicketType;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: number) => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function TypeActions(props: TypeActionsProps) {
  const { type, isFirst, isLast, onMove, onEdit, onDelete } = props;
  const { t } = useTranslation("ticketTypes");
  const { name } = type;
  return (
    <span className={styles.actions}>
      <IconButton
        isSmall
        name={t("moveUp", { name })}
        disabled={isFirst}
        onClick={() => onMove(-1)}
      >
        <ChevronUp aria-hidden="true" size={18} />
      </IconButton>
      <IconButton
        isSmall
        name={t("moveDown", { name })}
        disabled={isLast}
        onClick={() => onMove(1)}
      >
        <ChevronDown aria-hidden="true" size={18} />
      </IconButton>
      <Button isSmall aria-label={t("editName", { name })} onClick={onEdit}>
        {t("edit")}
      </Button>
      <Button isSmall aria-label={t("deleteName", { name })} onClick={onDelete}>
        {t("delete")}
      </Button>
    </span>
  );
}

function useActing(eventId: string) {
  const { t } = useTranslation("ticketTypes");
  const { t: common } = useTranslation("shell");
  const changes = useTypeChanges(eventId);
  const fail = (error: unknown) => sayFailure(explain(error, common));
  const told = (result: Deleted | undefined, name: string) => {
    switch (result?.__typename) {
      case "TicketTypeInUseProblem":
        return sayFailure(
          t("problems.TicketTypeInUseProblem", { count: result.registrationCount }),
        );
      case "EventEndedProblem":
      case "EventCancelledProblem":
        return sayFailure(t(`problems.${result.__typename}`));
      default:
        return say(t("deleted", { name }));
    }
  };
  return {
    move: (id: string, position: number) => changes.move(id, position).catch(fail),
    remove: ({ id, name }: TicketType) =>
      changes.delete(id).then((result) => told(result, name), fail),
  };
}
