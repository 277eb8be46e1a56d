// The actions on one registration.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import type { Registration } from "./registrations.ts";
import { isActive } from "./statuses.ts";

export interface RowActionsProps {
  readonly registration: Registration;
  readonly onApprove: () => void;
  readonly onDecline: () => void;
  readonly onRemove: () => void;
  readonly onReadmit: () => void;
}

export function RowActions({
  registration,
  onApprove,
  onDecline,
  onRemove,
  onReadmit,
}: RowActionsProps) {
  const { t } = useTranslation("board");
  const { attendee, status, isBarring } = registration;
  const name = attendee?.displayName ?? t("nobody");
  if (status === "PENDING_APPROVAL") {
    return (
      <span className={page.rowButtons}>
        <Button isSmall aria-label={t("approveName", { name })} onClick={onApprove}>
          {t("approve")}
        </Button>
        <Button isSmall aria-label={t("declineName", { name })} onClick={onDecline}>
          {t("decline")}
        </Button>
      </span>
    );
  }
  if (isBarring) {
    return (
      <Button isSmall aria-label={t("readmitName", { name })} onClick={onReadmit}>
        {t("readmit")}
      </Button>
    );
  }
  if (!isActive(status)) return null;
  return (
    <Button isSmall aria-label={t("removeName", { name })} onClick={onRemove}>
      {t("remove")}
    </Button>
  );
}
