// The changes that somebody else has made to the event while this person was editing it.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ChangedField, OtherChange } from "./changes.ts";
import styles from "./editor.module.css";

interface ConflictProps {
  readonly others: readonly OtherChange[];
  /** Puts the other's value into the form. */
  readonly onTake: (field: ChangedField) => void;
}

export function Conflict({ others, onTake }: ConflictProps) {
  const { t } = useTranslation("editor");
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // Whoever has pressed "Save" far below must see why nothing was saved.
    if (others.length > 0) section.current?.focus();
  }, [others]);
  if (others.length === 0) return null;
  return (
    <section ref={section} tabIndex={-1} className={styles.conflict} aria-label={t("conflict")}>
      <p>
        <strong>{t("conflict")}</strong> {t("conflictText")}
      </p>
      <ul>
        {others.map((change) => (
          <li key={change.field}>
            <Change {...change} />
            {change.mine !== null && (
              <Button
                isSmall
                aria-label={t("takeField", { field: t(labelOf(change.field)) })}
                onClick={() => onTake(change.field)}
              >
                {t("take")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Change({ field, theirs, mine }: OtherChange) {
  const { t } = useTranslation("editor");
  const shown = useShown(field);
  return (
    <span>
      {t(labelOf(field))}
      {t("colon")} <strong>{shown(theirs)}</strong>
      {mine !== null && ` · ${t("yours", { value: shown(mine) })}`}
    </span>
  );
}

/** The name of the field in the form. */
function labelOf(field: ChangedField) {
  if (field === "offerMinutes") return "offers";
  return field === "passesMax" ? "passes" : field;
}

const LONG = 80;

/** A value of a field as people read it. */
function useShown(field: ChangedField): (value: string) => string {
  const { t } = useTranslation("editor");
  return (value) => {
    if (field === "hasWaitlist" || field === "isApprovalRequired") return t(value ? "on" : "off");
    if (value === "") return t("empty");
    if (field.endsWith("At")) return value.replace("T", " ");
    return value.length > LONG ? `${value.slice(0, LONG)}…` : value;
  };
}
