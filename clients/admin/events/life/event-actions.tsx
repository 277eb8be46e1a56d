// The actions on an event, for those who may: change, publish, duplicate and end it.
import { Menu } from "@base-ui/react/menu";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { Link } from "@tanstack/react-router";
import { Ellipsis, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useViewer } from "../../shell/viewer.ts";
import type { ManagedEvent } from "../managed-event.ts";
import { PublishButton } from "../publish-button.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { DeleteDialog, UnpublishDialog } from "./confirm-dialogs.tsx";
import { DuplicateDialog } from "./duplicate-dialog.tsx";

type Action = "duplicate" | "unpublish" | "cancel" | "delete";

const DIALOGS = {
  duplicate: DuplicateDialog,
  unpublish: UnpublishDialog,
  cancel: CancelDialog,
  delete: DeleteDialog,
} as const;

export function EventActions({ event }: { readonly event: ManagedEvent }) {
  const { t } = useTranslation("life");
  const [open, setOpen] = useState<Action | null>(null);
  const actions = useActions(event);
  if (!event.viewerRights.includes("EDIT")) return null;
  const Dialog = open && DIALOGS[open];
  return (
    <>
      {event.status !== "CANCELLED" && (
        <Link to="/events/$eventId/edit" params={{ eventId: event.id }} className={buttonClass({})}>
          <Pencil aria-hidden="true" size={18} />
          {t("edit")}
        </Link>
      )}
      {event.status === "DRAFT" && <PublishButton event={event} />}
      {actions.length > 0 && <ActionMenu actions={actions} onChoose={setOpen} />}
      {Dialog && <Dialog event={event} onClose={() => setOpen(null)} />}
    </>
  );
}

function useActions({ status, endsAt, organizer }: ManagedEvent): Action[] {
  const { id, isAdmin, mayCreateEvents } = useViewer();
  const isOver = Date.parse(endsAt) <= Date.now();
  const isRunning = status === "PUBLISHED" && !isOver;
  // A draft is deleted by its organizer, not by its hosts.
  const mayDelete = mayCreateEvents && (isAdmin || organizer?.id === id);
  return [
    ...(mayCreateEvents ? (["duplicate"] as const) : []),
    ...(isRunning ? (["unpublish", "cancel"] as const) : []),
    ...(status === "DRAFT" && mayDelete ? (["delete"] as const) : []),
  ];
}

interface ActionMenuProps {
  readonly actions: readonly Action[];
  readonly onChoose: (action: Action) => void;
}

function ActionMenu({ actions, onChoose }: ActionMenuProps) {
  const { t } = useTranslation("life");
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={t("more")} className={buttonClass({}, true)}>
        <Ellipsis aria-hidden="true" size={18} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className={popup.positioner}>
          <Menu.Popup className={popup.popup}>
            {actions.map((action) => (
              <Menu.Item
                key={action}
                className={classes(
                  popup.item,
                  (action === "cancel" || action === "delete") && popup.danger,
                )}
                onClick={() => onChoose(action)}
              >
                {t(`actions.${action}`)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
