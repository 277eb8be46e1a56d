// One host with their rights, which those who choose hosts change by a click.

import type { HostRight } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckBox } from "../../parts/fields.tsx";
import page from "../../parts/page.module.css";
import { PersonName } from "../../parts/person-name.tsx";
import { useViewer } from "../../shell/viewer.ts";
import { useEvent } from "../event-page.tsx";
import styles from "./hosts.module.css";
import { type Host, RIGHTS, useHostChanges } from "./hosts.ts";

interface HostRowProps {
  readonly host: Host;
  readonly mayChoose: boolean;
  readonly onRemove: () => void;
}

export function HostRow({ host, mayChoose, onRemove }: HostRowProps) {
  const { t } = useTranslation("hosts");
  const { user } = host;
  const isViewer = useViewer().id === user?.id;
  const name = user?.displayName ?? t("nobody");
  return (
    <li className={styles.host}>
      {user ? <PersonName person={user} /> : <span className={page.soft}>{name}</span>}
      {user && host.rights && (
        <Rights userId={user.id} name={name} rights={host.rights} mayChange={mayChoose} />
      )}
      {(mayChoose || isViewer) && user && (
        <Button
          isSmall
          aria-label={isViewer ? t("leave") : t("removeName", { name })}
          onClick={onRemove}
        >
          {t(isViewer ? "leave" : "remove")}
        </Button>
      )}
    </li>
  );
}

interface RightsProps {
  readonly userId: string;
  readonly name: string;
  readonly rights: readonly HostRight[];
  readonly mayChange: boolean;
}

function Rights({ userId, name, rights, mayChange }: RightsProps) {
  const { t } = useTranslation("hosts");
  const { t: common } = useTranslation("shell");
  const { change } = useHostChanges(useEvent().id);
  const [isBusy, setBusy] = useState(false);
  async function set(right: HostRight, has: boolean): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    const others = rights.filter((each) => each !== right);
    await change(userId, has ? [...others, right] : others).then(
      () => say(t("changed", { name })),
      (error: unknown) => sayFailure(explain(error, common)),
    );
    setBusy(false);
  }
  return (
    <fieldset className={styles.rights} disabled={!mayChange}>
      <legend className="hidden-visually">{t("rightsOf", { name })}</legend>
      {RIGHTS.map((right) => (
        <CheckBox
          key={right}
          label={t(`rights.${right}`)}
          checked={rights.includes(right)}
          aria-disabled={isBusy}
          onChange={({ currentTarget }) => void set(right, currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}
