// One's own profile: a form, the card that it makes, and the way to what else is one's own.
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Failed } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { AvatarSection } from "../avatar/avatar-section.tsx";
import { draftOf } from "./draft.ts";
import { Preview } from "./preview.tsx";
import styles from "./profile.module.css";
import { type Profile, useProfile } from "./profile.ts";
import { ProfileForm } from "./profile-form.tsx";

export function ProfilePage() {
  const { t } = useTranslation("profile");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1>{t("title")}</h1>
        <p className={styles.hint}>{t("lead")}</p>
      </div>
      {viewerId !== null && <Own key={viewerId} id={viewerId} />}
    </div>
  );
}

function Own({ id }: { readonly id: string }) {
  const { state, retry } = useProfile(id);
  if (state.status === "loading") return <Skeleton shape="form" count={4} />;
  if (state.status === "failed") return <Failed error={state.error} onRetry={retry} />;
  return <Editor profile={state.profile} />;
}

function Editor({ profile: read }: { readonly profile: Profile }) {
  const [profile, setProfile] = useState(read);
  const [draft, setDraft] = useState(() => draftOf(read));
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <AvatarSection
          id={profile.id}
          name={profile.displayName}
          avatarUrl={profile.avatarUrl}
          onChange={(avatarUrl) => setProfile((before) => ({ ...before, avatarUrl }))}
        />
        <ProfileForm profile={profile} draft={draft} setDraft={setDraft} onSaved={setProfile} />
      </div>
      <div className={styles.aside}>
        <Preview profile={profile} draft={draft} />
        <More />
      </div>
    </div>
  );
}

/** Links to other pages of one's own. */
function More() {
  const { t } = useTranslation("profile");
  const { t: shell } = useTranslation("shell");
  const places = [
    { to: "/registrations", text: shell("myRegistrations") },
    { to: "/profile/blocked", text: t("blockedPeople") },
    { to: "/settings", text: shell("settings") },
  ] as const;
  return (
    <nav aria-label={t("more")}>
      <ul className={styles.more}>
        {places.map(({ to, text }) => (
          <li key={to}>
            <Link to={to}>
              {text}
              <ChevronRight aria-hidden="true" size={20} />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
