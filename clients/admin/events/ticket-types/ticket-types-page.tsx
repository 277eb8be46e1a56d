// The ticket types of an event: which there are, how they are used, and their changes.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { EyeOff, Plus, Ticket } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import { useEvent } from "../event-page.tsx";
import { type TicketType, useTicketTypes } from "./ticket-types.ts";
import { TypeDialog } from "./type-dialog.tsx";
import { TypeTable } from "./type-table.tsx";

const TYPES_MAX = 20;

export function TicketTypesPage() {
  const { t } = useTranslation("ticketTypes");
  const { id, viewerRights } = useEvent();
  const mayEdit = viewerRights.includes("EDIT");
  if (!mayEdit && !viewerRights.includes("SEE_PEOPLE")) {
    return <Empty icon={EyeOff} title={t("notYours")} />;
  }
  return <Types eventId={id} mayEdit={mayEdit} />;
}

function Types({ eventId, mayEdit }: { readonly eventId: string; readonly mayEdit: boolean }) {
  const { t } = useTranslation("ticketTypes");
  const { status, endsAt } = useEvent();
  const { types, error, retry } = useTicketTypes(eventId);
  const [edited, setEdited] = useState<TicketType | "new" | null>(null);
  if (!types) return error ? <Failed error={error} onRetry={retry} /> : <Loading />;
  // Nothing of an event that is over or cancelled changes.
  const isOpen = mayEdit && status !== "CANCELLED" && Date.parse(endsAt) > Date.now();
  return (
    <>
      <p className={page.soft}>{t("hint")}</p>
      {types.length === 0 ? (
        <Empty icon={Ticket} title={t("none")}>
          {t("noneHint")}
        </Empty>
      ) : (
        <TypeTable eventId={eventId} types={types} isOpen={isOpen} onEdit={setEdited} />
      )}
      {isOpen && types.length < TYPES_MAX && (
        <div className={page.buttons}>
          <Button onClick={() => setEdited("new")}>
            <Plus aria-hidden="true" size={18} />
            {t("addType")}
          </Button>
        </div>
      )}
      {edited !== null && (
        <TypeDialog
          eventId={eventId}
          type={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
