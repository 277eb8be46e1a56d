// The rest of each error budget.
import { classes } from "@meetinity/ui/components/classes.ts";
import { useTranslation } from "react-i18next";
import page from "../parts/page.module.css";
import { formatters } from "./formatters.ts";
import styles from "./ops.module.css";
import type { Stats } from "./stats.ts";
import { isPromise } from "./texts.en.ts";

type Budget = Stats["budgets"][number];

export function Budgets({ budgets }: Pick<Stats, "budgets">) {
  const { t } = useTranslation("ops");
  if (budgets.length === 0) return null;
  return (
    <section className={page.column} aria-labelledby="budgets">
      <h2 id="budgets">{t("budgets.title")}</h2>
      <p className={page.soft}>{t("budgets.lead")}</p>
      <ul className={styles.budgets}>
        {budgets.map((budget) => (
          <BudgetLeft key={budget.name} budget={budget} />
        ))}
      </ul>
    </section>
  );
}

function BudgetLeft({ budget: { name, target, left } }: { readonly budget: Budget }) {
  const { t, i18n } = useTranslation("ops");
  const format = formatters(i18n.language);
  const share = left ?? 1;
  const text = () => {
    if (left === null) return t("budgets.unused");
    return left < 0 ? t("budgets.spent") : t("budgets.left", { share: format.left(left) });
  };
  return (
    <li className={styles.budget}>
      <span className={page.strong}>{isPromise(name) ? t(`promises.${name}`) : name}</span>
      <span className={page.soft}>{t("budgets.target", { share: format.share(target) })}</span>
      <span className={page.number}>{text()}</span>
      <svg
        className={classes(styles.bar, share <= 0.25 && styles.low)}
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect width={Math.min(100, Math.max(0, 100 * share))} height={1} />
      </svg>
    </li>
  );
}
