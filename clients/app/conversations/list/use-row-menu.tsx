// The menu of the rows of a list: one for all, opened beside the row's button. It is not in the
// first scripts.
import type { InboxRow } from "@meetinity/client";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import { type ReactNode, useCallback, useState } from "react";
import type { RowMenuProps } from "./row-menu.tsx";

const load = withPageTexts(() => import("./row-menu.tsx"));
const loadMenu = () => load().then(({ RowMenu }) => RowMenu);

/** Opens the menu of a row beside its button. */
export type OpenRowMenu = (conversationId: string, button: HTMLElement) => void;

export function useRowMenu(rows: readonly InboxRow[]) {
  const [target, setTarget] = useState<RowMenuProps["target"]>(null);
  const close = useCallback(() => setTarget(null), []);
  const Menu = useOnDemand<RowMenuProps>(loadMenu, target !== null, close);
  const openMenu = useCallback<OpenRowMenu>((id, button) => setTarget({ id, button }), []);
  const menu: ReactNode = Menu && <Menu rows={rows} target={target} close={close} />;
  return { openMenu, menu };
}
