// The number of seats of the reader's registration, and a form that changes it.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeSize } from "./changing.ts";
import styles from "./party.module.css";
import { SizeField } from "./size-field.tsx";
import { sizesOf } from "./sizes.ts";

interface PartySizeProps {
  readonly registration: {
    readonly id: string;
    readonly status: string;
    readonly partySize: number;
  };
  readonly event: { readonly capacity: number; readonly partySizeMax: number };
  readonly canChange: boolean;
  readonly refresh: () => Promise<void>;
}

export function PartySize({ registration, event, canChange, refresh }: PartySizeProps) {
  const { t } = useTranslation("party");
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { partySize } = registration;
  function close(): void {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }
  if (isOpen && canChange) {
    return <SizeForm {...{ registration, event, refresh }} onDone={close} />;
  }
  return (
    <div className={styles.size}>
      <p>{t("seats", { count: partySize })}</p>
      {canChange && (
        <Button ref={opener} isSmall onClick={() => setOpen(true)}>
          {t("change")}
        </Button>
      )}
    </div>
  );
}

type FormProps = Omit<PartySizeProps, "canChange"> & { readonly onDone: () => void };

function SizeForm({ registration, event, refresh, onDone }: FormProps) {
  const { t } = useTranslation("party");
  const { t: common } = useTranslation("shell");
  const { id, partySize } = registration;
  const { isBusy, error, change, forget } = useChangeSize(id, refresh);
  const [chosen, setChosen] = useState(partySize);
  const hint = useHint(registration, chosen);
  async function submit(): Promise<void> {
    if (chosen === partySize || (await change(chosen))) onDone();
  }
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void submit();
      }}
    >
      <SizeField
        sizes={sizesOf(event, partySize)}
        present={partySize}
        hint={hint}
        error={error}
        onChoose={(size) => {
          setChosen(size);
          forget();
        }}
      />
      <div className={styles.actions}>
        <Button needsNetwork type="submit" kind="primary" isSmall aria-disabled={isBusy}>
          {t("save")}
        </Button>
        <Button isSmall onClick={onDone}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}

/** The effect of the chosen size on the seats, or on the place on the waitlist. */
function useHint({ status, partySize }: PartySizeProps["registration"], chosen: number): string {
  const { t } = useTranslation("party");
  if (chosen === partySize) return t("hint");
  if (status === "PENDING_APPROVAL") return t("pending");
  if (status === "WAITLISTED") return t(chosen > partySize ? "waitsLarger" : "waitsSmaller");
  if (chosen > partySize) return t("larger");
  return t("smaller", { count: partySize - chosen });
}
