// Approves all registrations that wait for it, as many as the page shows.
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import { useDecisions } from "./decisions.ts";
import type { Registration } from "./registrations.ts";

/** One request approves so many. */
const AT_ONCE = 100;

export function ApproveAll({ registrations }: { readonly registrations: readonly Registration[] }) {
  const { t } = useTranslation("board");
  const { t: common } = useTranslation("shell");
  const { approveAll } = useDecisions();
  const [isBusy, setBusy] = useState(false);
  const pending = registrations.filter(({ status }) => status === "PENDING_APPROVAL");
  if (pending.length < 2) return null;
  const chosen = pending.slice(0, AT_ONCE).map(({ id }) => id);
  async function approve(): Promise<void> {
    setBusy(true);
    try {
      const approved = await approveAll(chosen);
      const left = chosen.length - approved;
      if (approved > 0) say(t("approvedAll", { count: approved }));
      if (left > 0) sayFailure(t("notApproved", { count: left }));
    } catch (error) {
      sayFailure(explain(error, common));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className={page.bar}>
      <Button isSmall disabled={isBusy} onClick={() => void approve()}>
        {t("approveAll", { count: chosen.length })}
      </Button>
    </div>
  );
}
