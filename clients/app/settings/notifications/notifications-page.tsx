// The settings of notifications: their channels, how often mails come, and when it is quiet.
import {
  NotificationPreferences,
  UpdateNotificationPreferences,
} from "@meetinity/client/operations";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useRead } from "../../shell/use-read.ts";
import { Page } from "../page.tsx";
import { Section } from "../section.tsx";
import { ChannelsTable } from "./channels-table.tsx";
import { DigestSection } from "./digest-section.tsx";
import { type Change, inputOf, type Preferences, useWishes } from "./preferences.ts";
import { PushSection, usePushDevices } from "./push/push-section.tsx";
import { QuietSection } from "./quiet-section.tsx";

export function NotificationsPage() {
  const { data, error, retry } = useRead(NotificationPreferences, {});
  return (
    <Page name="notifications">
      {!data && (error ? <Failed error={error} onRetry={retry} /> : <Loading rows={4} />)}
      {data && <Sections read={data.notificationPreferences} />}
    </Page>
  );
}

function Sections({ read }: { readonly read: Preferences }) {
  const { t } = useTranslation("preferences");
  const wishes = useWishes(read, store);
  const pushes = usePushDevices();
  return (
    <>
      <Section title={t("channels")} hint={t("channelsHint")}>
        <ChannelsTable wishes={wishes} hasPushes={pushes !== null} />
      </Section>
      {pushes && <PushSection wishes={wishes} pushes={pushes} />}
      <DigestSection wishes={wishes} />
      <QuietSection wishes={wishes} />
    </>
  );
}

/** Times are meant where the reader is. */
async function store(change: Change): Promise<Preferences> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const variables = { input: { ...inputOf(change), timeZone } };
  const options = { isSafeToRepeat: true };
  const data = await client.run(UpdateNotificationPreferences, variables, options);
  return data.updateNotificationPreferences.preferences;
}
