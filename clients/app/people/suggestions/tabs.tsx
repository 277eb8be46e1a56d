// The two screens of people: those to meet, and matches. New matches come by themselves.
import { CountBadge } from "@meetinity/ui/components/count-badge.tsx";
import { say } from "@meetinity/ui/components/notices.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { matchesOf } from "../matches/matches.ts";
import { suggestionsOf } from "./suggestions.ts";
import styles from "./tabs.module.css";

export function PeopleTabs({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("suggestions");
  const matches = matchesOf(viewerId);
  const { latest, count } = useObservable(matches.news);
  useEffect(() => matches.open(), [matches]);
  useEffect(() => {
    if (!latest) return;
    const { id, displayName: name } = latest.other;
    // The answer that made the match has its own celebration.
    if (!suggestionsOf(viewerId).isAccepting(id)) say(t("newMatch", { name }));
    matches.tell();
  }, [latest, matches, viewerId, t]);
  return (
    <nav className={styles.tabs} aria-label={t("section")}>
      <Link to="/people" activeOptions={{ exact: true }}>
        {t("tabs.suggestions")}
      </Link>
      <Link to="/people/matches">
        {t("tabs.matches")}
        {count > 0 && <CountBadge count={count} label={`${count} ${t("newMatches")}`} />}
      </Link>
    </nav>
  );
}
