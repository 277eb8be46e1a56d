// The ticket types of an event as a choice: what each costs, and what is left of it.
import { classes } from "@meetinity/ui/components/classes.ts";
import field from "@meetinity/ui/components/text-field.module.css";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Choosing } from "./choosing.ts";
import styles from "./ticket-types.module.css";
import { useTypePrice } from "./type-price.ts";
import { type Prospect, prospectOf, type TicketTypeShown } from "./types.ts";

interface ChoiceProps {
  readonly event: Parameters<typeof prospectOf>[0];
  readonly choosing: Choosing;
  readonly isMissing: boolean;
  /** Of the type that was chosen. */
  readonly refusal: string | null;
}

/** Nothing where there is no choice. */
export function TypeChoice({ event, choosing, isMissing, refusal }: ChoiceProps) {
  const { t } = useTranslation("ticketTypes");
  const id = useId();
  const { types, chosen, choose } = choosing;
  if (types.length === 0) return null;
  const error = refusal ?? (isMissing ? t("choose") : null);
  return (
    <fieldset
      className={styles.choice}
      aria-invalid={error !== null}
      aria-describedby={error === null ? undefined : `${id}-error`}
    >
      <legend className={field.label}>{t("title")}</legend>
      {types.map((type) => (
        <Option
          key={type.id}
          type={type}
          prospect={prospectOf(event, type)}
          isChosen={type.id === chosen?.id}
          onChoose={choose}
        />
      ))}
      {error !== null && (
        <p id={`${id}-error`} className={field.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

interface OptionProps {
  readonly type: TicketTypeShown;
  readonly prospect: Prospect;
  readonly isChosen: boolean;
  readonly onChoose: (id: string) => void;
}

function Option({ type, prospect, isChosen, onChoose }: OptionProps) {
  const price = useTypePrice(type.price);
  const id = useId();
  const isFull = prospect === "full";
  return (
    <label className={classes(styles.option, isFull && styles.full)}>
      <input
        type="radio"
        name="ticketTypeId"
        value={type.id}
        checked={isChosen}
        disabled={isFull}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-facts`}
        onChange={() => onChoose(type.id)}
      />
      <span className={styles.facts}>
        <span id={`${id}-name`} className={styles.name}>
          {type.name}
        </span>
        <span id={`${id}-facts`} className={styles.facts}>
          <span>{price}</span>
          {type.description && (
            <span dir="auto" className={styles.small}>
              {type.description}
            </span>
          )}
          <Left type={type} prospect={prospect} />
        </span>
      </span>
    </label>
  );
}

function Left({ type, prospect }: Pick<OptionProps, "type" | "prospect">) {
  const { t } = useTranslation("ticketTypes");
  const { seatsLeft, waitlistLength } = type;
  if (prospect === "free") {
    return <span className={styles.left}>{t("seats", { count: seatsLeft })}</span>;
  }
  return (
    <span className={styles.small}>
      {t(prospect)}
      {waitlistLength > 0 && ` · ${t("waiting", { count: waitlistLength })}`}
    </span>
  );
}
