// Why somebody is suggested: the strongest reason, and the others when they are opened.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import {
  Briefcase,
  CalendarDays,
  ChevronDown,
  Languages,
  Lightbulb,
  type LucideIcon,
  MapPin,
  Sparkles,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { languageNamer } from "../language-names.ts";
import { meterOf, namedOf } from "./reason-parts.ts";
import styles from "./reasons.module.css";
import type { Reason, Suggestion } from "./suggestions.ts";

const ICONS: Readonly<Record<Reason["kind"], LucideIcon>> = {
  COMPLEMENTARY_INTENTS: Sparkles,
  SHARED_SKILLS: Briefcase,
  SHARED_INTERESTS: Lightbulb,
  SHARED_EVENTS: CalendarDays,
  SHARED_LANGUAGES: Languages,
  SAME_PLACE: MapPin,
};

export function Reasons({ suggestion }: { readonly suggestion: Suggestion }) {
  const { t } = useTranslation("suggestions");
  const { reasons, sharedEvents, user } = suggestion;
  const [first, ...others] = reasons;
  if (!first) return null;
  const one = (reason: Reason) => (
    <ReasonLine
      key={reason.kind}
      reason={reason}
      events={sharedEvents.length}
      greatest={first.contribution}
    />
  );
  return (
    <section className={styles.reasons} aria-label={t("person", { name: user.displayName })}>
      <ul>{one(first)}</ul>
      {others.length > 0 && (
        <details>
          <summary>
            <ChevronDown aria-hidden="true" size={18} />
            {t("moreReasons", { count: others.length })}
          </summary>
          <ul>{others.map(one)}</ul>
        </details>
      )}
    </section>
  );
}

interface ReasonLineProps {
  readonly reason: Reason;
  /** The number of shared events. */
  readonly events: number;
  /** The contribution of the strongest reason. */
  readonly greatest: number;
}

function ReasonLine({ reason, events, greatest }: ReasonLineProps) {
  const { t } = useTranslation("suggestions");
  const Icon = ICONS[reason.kind];
  const text = useWords(reason, events);
  const filled = meterOf(reason.contribution, greatest);
  return (
    <li>
      <Icon aria-hidden="true" />
      <span dir="auto">{text}</span>
      <span className={styles.meter} title={t("strength")} aria-hidden="true">
        {[1, 2, 3].map((dot) => (
          <i key={dot} data-filled={dot <= filled || undefined} />
        ))}
      </span>
    </li>
  );
}

/** The reason in the reader's language; the server's words where it names nothing. */
function useWords({ kind, facts, description }: Reason, events: number): string {
  const { t } = useTranslation("suggestions");
  const { locale } = useDateReader();
  if (kind === "SHARED_EVENTS") return t("reasons.SHARED_EVENTS", { count: Math.max(events, 1) });
  if (facts.length === 0) return description;
  if (kind === "COMPLEMENTARY_INTENTS") {
    return facts.map((intent) => t(`fits.${intent as "MENTOR"}`)).join(" ");
  }
  const names = kind === "SHARED_LANGUAGES" ? facts.map(languageNamer(locale)) : facts;
  const { named, others } = namedOf(names);
  const parts = others > 0 ? [...named, t("others", { count: others })] : named;
  return t(`reasons.${kind}`, { list: new Intl.ListFormat(locale).format(parts) });
}
