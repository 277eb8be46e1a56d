// From when to when people may register, and until when they may cancel themselves.
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useTranslation } from "react-i18next";
import styles from "./editor.module.css";
import { type FieldOf, Section } from "./section.tsx";

export function RegistrationFields({ fieldOf }: { readonly fieldOf: FieldOf }) {
  const { t } = useTranslation("editor");
  return (
    <Section title={t("sections.registration")}>
      <div className={styles.pair}>
        <TextField
          label={t("registrationOpensAt")}
          hint={t("registrationOpensAtHint")}
          type="datetime-local"
          {...fieldOf("registrationOpensAt")}
        />
        <TextField
          label={t("registrationClosesAt")}
          hint={t("registrationClosesAtHint")}
          type="datetime-local"
          {...fieldOf("registrationClosesAt")}
        />
        <TextField
          label={t("cancellationClosesAt")}
          hint={t("cancellationClosesAtHint")}
          type="datetime-local"
          {...fieldOf("cancellationClosesAt")}
        />
      </div>
    </Section>
  );
}
