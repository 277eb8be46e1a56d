// One ticket over the whole screen, as large and bright as the screen allows, for the door.
import { Dialog } from "@base-ui/react/dialog";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./large.module.css";

interface LargeProps {
  readonly title: string;
  /** The picture of the code. */
  readonly src: string;
  readonly alt: string;
  /** Below it: whose ticket it is. */
  readonly children: ReactNode;
}

export function ShowLarge(props: LargeProps) {
  const { t } = useTranslation("tickets");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button isSmall onClick={() => setOpen(true)}>
        {t("large")}
      </Button>
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Popup className={styles.sheet}>
            <Large {...props} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  );
}

function Large({ title, src, alt, children }: LargeProps) {
  const { t } = useTranslation("shell");
  useEffect(() => stayAwake(), []);
  return (
    <>
      <Dialog.Close
        aria-label={t("close")}
        className={buttonClass({ kind: "plain" }, true)}
        data-close
      >
        <X aria-hidden="true" />
      </Dialog.Close>
      <Dialog.Title dir="auto" className={styles.title}>
        {title}
      </Dialog.Title>
      <img className={styles.code} src={src} alt={alt} />
      <div className={styles.facts}>{children}</div>
    </>
  );
}

/** The screen does not go dark in a queue. Returns how to let it again. */
function stayAwake(): () => void {
  let isOver = false;
  let release = () => {};
  // Browsers refuse it when the battery is low.
  navigator.wakeLock?.request("screen").then(
    (lock) => {
      release = () => void lock.release().catch(() => {});
      if (isOver) release();
    },
    () => {},
  );
  return () => {
    isOver = true;
    release();
  };
}
