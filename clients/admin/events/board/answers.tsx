// The answers that a person gave when they registered, and whether they hide among the attendees.
import { EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import styles from "./board.module.css";
import type { Registration } from "./registrations.ts";

export function Answers({ registration }: { readonly registration: Registration }) {
  const { t } = useTranslation("board");
  const { answers, isHidden } = registration;
  return (
    <>
      {isHidden && (
        <span className={page.with}>
          <EyeOff aria-hidden="true" size={14} />
          <span className={page.soft}>{t("hidden")}</span>
        </span>
      )}
      {answers && answers.length > 0 && (
        <details className={styles.answers}>
          <summary>{t("answers", { count: answers.length })}</summary>
          <dl>
            {answers.map(({ question, text, choices }) => (
              <div key={question.id}>
                <dt className={page.soft}>{question.text}</dt>
                <dd>{text ?? choices.join(", ")}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
