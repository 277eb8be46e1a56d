// The roles of a person, each of which an admin can give and take.

import type { Role } from "@meetinity/client/operations";
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import styles from "./person.module.css";
import { type Person, useSetRole } from "./person.ts";
import { useAct } from "./use-act.ts";

/** Everybody has `USER`. */
const ROLES = ["ORGANIZER", "MODERATOR", "ADMIN"] as const satisfies readonly Role[];
type GivenRole = (typeof ROLES)[number];

export function Roles({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const id = useId();
  const { id: userId, displayName: name, roles, isSecondFactorMissing } = person;
  const setRole = useSetRole(userId);
  const { isBusy, act } = useAct();
  const [asked, setAsked] = useState<GivenRole | null>(null);
  const has = asked !== null && (roles?.includes(asked) ?? false);
  const change = (role: GivenRole) => {
    setAsked(null);
    const done = t(has ? "roleTaken" : "roleGiven", { name, role: t(`roles.${role}`) });
    void act(() => setRole(role, !has), done);
  };
  return (
    <section className={page.card} aria-labelledby={id}>
      <h2 id={id}>{t("rolesTitle")}</h2>
      {isSecondFactorMissing && <p className={styles.hint}>{t("secondFactorMissing")}</p>}
      <ul className={styles.roles}>
        {ROLES.map((role) => (
          <RoleRow
            key={role}
            role={role}
            has={roles?.includes(role) ?? false}
            isBusy={isBusy}
            onAsk={() => setAsked(role)}
          />
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          isOpen
          kind={has ? "danger" : "primary"}
          title={t(has ? "takeTitle" : "giveTitle", { name, role: t(`roles.${asked}`) })}
          text={t(`roleHints.${asked}`)}
          confirm={t(has ? "take" : "give")}
          onConfirm={() => change(asked)}
          onCancel={() => setAsked(null)}
        />
      )}
    </section>
  );
}

interface RoleRowProps {
  readonly role: GivenRole;
  readonly has: boolean;
  readonly isBusy: boolean;
  readonly onAsk: () => void;
}

function RoleRow({ role, has, isBusy, onAsk }: RoleRowProps) {
  const { t } = useTranslation("people");
  const name = t(`roles.${role}`);
  return (
    <li className={styles.role}>
      <span className={page.stack}>
        <span className={styles.roleName}>
          {name}
          {has && <Badge tone="good">{t("hasRole")}</Badge>}
        </span>
        <span className={page.soft}>{t(`roleHints.${role}`)}</span>
      </span>
      <Button
        isSmall
        aria-disabled={isBusy}
        aria-label={t(has ? "takeRole" : "giveRole", { role: name })}
        onClick={() => isBusy || onAsk()}
      >
        {t(has ? "take" : "give")}
      </Button>
    </li>
  );
}
