// The filters that need more than a press: own dates, and the words of a place.
import { Button } from "@meetinity/ui/components/button.tsx";
import field from "@meetinity/ui/components/text-field.module.css";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./discover.module.css";
import { midnightOf } from "./spans.ts";
import { useTyped } from "./use-typed.ts";
import { type ChangeWanted, withText } from "./use-wanted.ts";
import { countOf, type Wanted, without } from "./wanted.ts";

interface PanelProps {
  readonly id: string;
  readonly wanted: Wanted;
  readonly change: ChangeWanted;
}

export function FilterPanel({ id, wanted, change }: PanelProps) {
  const { t } = useTranslation("discover");
  const props = { wanted, change };
  return (
    <section id={id} className={styles.panel} aria-label={t("more")}>
      <div className={styles.fields}>
        <Typed name="from" type="date" label={t("from")} {...props} />
        <Typed name="to" type="date" label={t("to")} {...props} />
        <Typed name="place" type="text" label={t("place")} hint={t("placeHint")} {...props} />
      </div>
      {countOf(wanted) > 0 && (
        <Button
          isSmall
          onClick={() => change(({ search }) => (search === undefined ? {} : { search }))}
        >
          {t("clear")}
        </Button>
      )}
    </section>
  );
}

interface TypedProps extends Omit<PanelProps, "id"> {
  readonly name: "from" | "to" | "place";
  readonly type: "date" | "text";
  readonly label: string;
  readonly hint?: string;
}

function Typed({ name, type, label, hint, wanted, change }: TypedProps) {
  const id = useId();
  const [text, setText] = useTyped(wanted[name] ?? "", (next) => {
    // A year that is half typed is none.
    if (type === "date" && next !== "" && !midnightOf(next)) return;
    change((before) => {
      const others = type === "date" && before.when ? without(before, "when") : before;
      return withText(name, next)(others);
    }, true);
  });
  return (
    <div className={field.field}>
      <label htmlFor={id} className={field.label}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        dir="auto"
        className={field.input}
        placeholder={hint}
        maxLength={100}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </div>
  );
}
