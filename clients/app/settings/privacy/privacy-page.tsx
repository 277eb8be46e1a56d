// The page of privacy: who sees the viewer, at which events, and whom they block.

import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTranslation } from "react-i18next";
import { BlockedList } from "../../people/blocked/blocked-list.tsx";
import { client } from "../../shell/client.ts";
import { Page } from "../page.tsx";
import { Section } from "../section.tsx";
import { EventsSection } from "./events-section.tsx";
import styles from "./privacy.module.css";

const FACTS = ["profile", "email", "blocks"] as const;

export function PrivacyPage() {
  const { t } = useTranslation("privacy");
  const { t: blocked } = useTranslation("blocked");
  const { viewerId } = useObservable(client.session);
  return (
    <Page name="privacy">
      <Section title={t("who")}>
        <ul className={styles.facts}>
          {FACTS.map((fact) => (
            <li key={fact}>{t(fact)}</li>
          ))}
        </ul>
      </Section>
      <EventsSection />
      <Section title={blocked("title")}>
        <div className={styles.blocked}>
          {viewerId !== null && <BlockedList key={viewerId} viewerId={viewerId} headingLevel={3} />}
        </div>
      </Section>
    </Page>
  );
}
