// The lists to choose from, above the conversations.
import { classes } from "@meetinity/ui/components/classes.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "./list.module.css";
import { CHOICES, type ListName } from "./lists.ts";

export function ListChoice({ list }: { readonly list: ListName | undefined }) {
  const { t } = useTranslation("conversations");
  return (
    <nav className={styles.choice} aria-label={t("lists.title")}>
      <Choice isHere={list === undefined} search={{}}>
        {t("lists.all")}
      </Choice>
      {CHOICES.map((each) => (
        <Choice key={each} isHere={each === list} search={{ list: each }}>
          {t(`lists.${each}`)}
        </Choice>
      ))}
    </nav>
  );
}

interface ChoiceProps {
  readonly isHere: boolean;
  readonly search: { readonly list?: ListName };
  readonly children: string;
}

function Choice({ isHere, search, children }: ChoiceProps) {
  return (
    <Link
      className={classes(styles.choose, isHere && styles.chosen)}
      to="."
      search={search}
      replace
      activeProps={{}}
      aria-current={isHere ? "true" : undefined}
    >
      {children}
    </Link>
  );
}
