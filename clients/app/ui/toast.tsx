// Short notices above the page, such as the reason why an action was refused.
import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "./button.tsx";
import styles from "./toast.module.css";

const manager = Toast.createToastManager();

/** Says that something went wrong: screen readers say it at once. */
export function sayFailure(text: string): void {
  // The same notice again is not a second one.
  manager.add({ id: text, description: text, type: "failure", priority: "high", timeout: 8_000 });
}

export function say(text: string): void {
  manager.add({ id: text, description: text, timeout: 3_000 });
}

/** Shows notices above its children. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { t } = useTranslation("shell");
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection="up">
      <Toast.Content className={styles.content}>
        <Toast.Description className={styles.text} />
        <Toast.Close
          aria-label={t("close")}
          className={buttonClass({ kind: "plain", isSmall: true }, true)}
        >
          <X aria-hidden="true" size={18} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
