// How often mails come.
import { useTranslation } from "react-i18next";
import { Choice } from "../look/choice.tsx";
import { Section } from "../section.tsx";
import type { Wishes } from "./preferences.ts";

const DIGESTS = ["AT_ONCE", "HOURLY", "DAILY"] as const;

export function DigestSection({ wishes }: { readonly wishes: Wishes }) {
  const { t } = useTranslation("preferences");
  return (
    <Section title={t("digest")} hint={t("digestHint")}>
      <Choice
        label={t("digest")}
        value={wishes.preferences.digest}
        options={DIGESTS.map((value) => ({ value, text: t(`digests.${value}`) }))}
        onChoose={(digest) => void wishes.change({ digest })}
      />
    </Section>
  );
}
