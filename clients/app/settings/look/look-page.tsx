// Language, theme, motion and times.
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { chooseLanguage, LANGUAGES, type Language } from "@meetinity/ui/i18n/i18n.ts";
import { chooseTheme, chosenTheme, THEMES } from "@meetinity/ui/look/theme.ts";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../page.tsx";
import { Section } from "../section.tsx";
import { Choice } from "./choice.tsx";

export function LookPage() {
  return (
    <Page name="look">
      <LanguageSection />
      <ThemeSection />
      <TimesSection />
    </Page>
  );
}

const LANGUAGE_NAMES = Object.entries(LANGUAGES) as [Language, string][];

function LanguageSection() {
  const { t, i18n } = useTranslation("look");
  const { t: shell } = useTranslation("shell");
  /** Its texts may be on their way. */
  const [wanted, setWanted] = useState<Language | null>(null);
  function choose(language: Language): void {
    setWanted(language);
    chooseLanguage(language)
      .catch((error: unknown) => sayFailure(explain(error, shell)))
      .finally(() => setWanted(null));
  }
  return (
    <Section title={shell("language")} hint={t("languageHint")}>
      <Choice
        label={shell("language")}
        value={wanted ?? i18n.language}
        options={LANGUAGE_NAMES.map(([value, text]) => ({ value, text, lang: value }))}
        onChoose={choose}
      />
    </Section>
  );
}

function ThemeSection() {
  const { t } = useTranslation("look");
  const { t: shell } = useTranslation("shell");
  const [theme, setTheme] = useState(chosenTheme);
  const isCalm = useSyncExternalStore(onMotion, () => matchMedia(CALM).matches);
  return (
    <Section title={shell("theme")} hint={t("themeHint")}>
      <Choice
        label={shell("theme")}
        value={theme}
        options={THEMES.map((value) => ({ value, text: shell(`themes.${value}`) }))}
        onChoose={(next) => {
          chooseTheme(next);
          setTheme(next);
        }}
      />
      <p>{t(isCalm ? "motion.less" : "motion.full")}</p>
    </Section>
  );
}

const CALM = "(prefers-reduced-motion: reduce)";

function onMotion(listener: () => void): () => void {
  const query = matchMedia(CALM);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

function TimesSection() {
  const { t } = useTranslation("look");
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <Section title={t("times")} hint={t("timesHint")}>
      <p>
        {t("zone")} <strong>{timeZone}</strong>
      </p>
    </Section>
  );
}
