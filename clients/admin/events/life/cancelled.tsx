// Says when an event was cancelled, and why.
import { useTranslation } from "react-i18next";
import { Moment } from "../../parts/moment.tsx";
import page from "../../parts/page.module.css";
import type { ManagedEvent } from "../managed-event.ts";

export function Cancelled({ event: { cancellation } }: { readonly event: ManagedEvent }) {
  const { t } = useTranslation("life");
  if (!cancellation) return null;
  return (
    <p className={page.refusal}>
      {t("cancelledAt")} <Moment at={cancellation.cancelledAt} /> · <bdi>{cancellation.reason}</bdi>
    </p>
  );
}
