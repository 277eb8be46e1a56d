// The state of an event in a word.

import { Badge } from "@meetinity/ui/components/badge.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTranslation } from "react-i18next";
import type { ManagedEvent } from "./managed-event.ts";

type Dated = Pick<ManagedEvent, "status" | "endsAt">;

export function StatusBadge({ event }: { readonly event: Dated }) {
  const { t } = useTranslation("events");
  // Of today's beginning at the latest: an event ends while nobody looks.
  const { now } = useDateReader();
  const isOver = new Date(event.endsAt).getTime() < Math.max(now.getTime(), Date.now());
  if (event.status === "CANCELLED") return <Badge tone="bad">{t("states.cancelled")}</Badge>;
  if (event.status === "DRAFT") return <Badge tone="waiting">{t("states.draft")}</Badge>;
  if (isOver) return <Badge tone="quiet">{t("states.past")}</Badge>;
  return <Badge tone="good">{t("states.published")}</Badge>;
}
