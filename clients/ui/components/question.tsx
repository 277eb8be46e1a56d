// A `ConfirmDialog` that is not in a page's scripts: it is loaded once the button that asks is
// shown.
import type { ComponentProps } from "react";
import { useOnDemand } from "../shell/on-demand.ts";
import type { ConfirmDialog } from "./confirm-dialog.tsx";

type Props = ComponentProps<typeof ConfirmDialog>;

const load = () => import("./confirm-dialog.tsx").then(({ ConfirmDialog }) => ConfirmDialog);

export function Question(props: Props) {
  const Dialog = useOnDemand<Props>(load, props.isOpen, props.onCancel);
  return Dialog && <Dialog {...props} />;
}
