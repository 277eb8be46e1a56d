// Shows notices above the page.
import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "./button.tsx";
import { type Notice, showNotices } from "./notices.ts";
import styles from "./toasts.module.css";

const manager = Toast.createToastManager();

/** The same notice again is not a second one. Its text is its name, for screen readers too. */
function add({ text, isFailure }: Notice): void {
  manager.add(
    isFailure
      ? { id: text, title: text, type: "failure", priority: "high", timeout: 8_000 }
      : { id: text, title: text, timeout: 3_000 },
  );
}

export function Toasts() {
  // After the provider follows the manager, which forgets what nobody follows.
  useEffect(() => showNotices(add), []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
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
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={styles.toast}
      swipeDirection="up"
      // It has the role of a dialog, which needs a name.
      aria-label={toast.id}
    >
      <Toast.Content className={styles.content}>
        <Toast.Title className={styles.text} render={<p />} />
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
