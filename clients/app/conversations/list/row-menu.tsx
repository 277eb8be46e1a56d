// The menu of a conversation in a list: what the viewer sets for themselves, and the way out.
import { Menu } from "@base-ui/react/menu";
import type { InboxRow } from "@meetinity/client";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { RowItems } from "./row-items.tsx";
import { type Asked, useRowActions } from "./use-row-actions.ts";

interface Target {
  /** Of the conversation. */
  readonly id: string;
  readonly button: HTMLElement;
}

export interface RowMenuProps {
  readonly rows: readonly InboxRow[];
  /** Null: the menu is closed. */
  readonly target: Target | null;
  readonly close: () => void;
}

export function RowMenu({ rows, target, close }: RowMenuProps) {
  const { t } = useTranslation("rowMenu");
  const [asked, setAsked] = useState<Asked | null>(null);
  const actions = useRowActions();
  // The items stay while the menu fades, and so does the question.
  const last = useRef(target);
  const lastAsked = useRef(asked);
  if (target) last.current = target;
  if (asked) lastAsked.current = asked;
  const row = rows.find(({ id }) => id === last.current?.id);
  const button = () => last.current?.button ?? null;
  const kind = lastAsked.current?.kind ?? "leave";
  function confirm(): void {
    setAsked(null);
    if (asked) actions.confirmed(asked);
  }
  return (
    <>
      <Menu.Root open={target !== null} onOpenChange={(isOpen) => isOpen || close()}>
        <Menu.Portal>
          <Menu.Positioner anchor={button} sideOffset={4} align="end" className={popup.positioner}>
            <Menu.Popup className={popup.popup} finalFocus={button}>
              {row && <RowItems row={row} actions={actions} ask={setAsked} />}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <ConfirmDialog
        isOpen={asked !== null}
        title={t(`ask.${kind}.title`)}
        text={t(`ask.${kind}.text`)}
        confirm={t(`ask.${kind}.confirm`)}
        onConfirm={confirm}
        onCancel={() => setAsked(null)}
      />
    </>
  );
}
