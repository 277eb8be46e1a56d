// The menu of a member of a group, with what the viewer may do.
import { Menu } from "@base-ui/react/menu";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import {
  Crown,
  EllipsisVertical,
  KeyRound,
  Shield,
  User,
  UserMinus,
  UserRound,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./groups.module.css";
import { isNothing, type Offered } from "./member-rules.ts";
import type { MemberActions, Person } from "./use-member-actions.ts";

interface MemberMenuProps extends Pick<MemberActions, "ask" | "give"> {
  readonly user: Person;
  readonly offered: Offered;
}

const ICONS = { OWNER: KeyRound, ADMIN: Shield, MEMBER: User, GUEST: UserRound } as const;

export function MemberMenu({ user, offered, ask, give }: MemberMenuProps) {
  const { t } = useTranslation("groups");
  if (isNothing(offered)) return null;
  return (
    <Menu.Root>
      <Menu.Trigger
        className={buttonClass({ kind: "plain" }, true)}
        aria-label={t("member.open", { name: user.displayName })}
      >
        <EllipsisVertical aria-hidden="true" size={20} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner
          sideOffset={4}
          align="end"
          className={classes(popup.positioner, styles.overDialog)}
        >
          <Menu.Popup className={popup.popup}>
            {offered.roles.map((role) => {
              const Icon = ICONS[role];
              // An owner may take the viewer's own role.
              const choose = () =>
                role === "OWNER" ? ask({ about: "owner", user }) : give(user, role);
              return (
                <Menu.Item key={role} className={popup.item} onClick={choose}>
                  <Icon aria-hidden="true" />
                  {t(`member.${role}`)}
                </Menu.Item>
              );
            })}
            {offered.handOver && (
              <Menu.Item className={popup.item} onClick={() => ask({ about: "handOver", user })}>
                <Crown aria-hidden="true" />
                {t("member.handOver")}
              </Menu.Item>
            )}
            {offered.remove && (
              <Menu.Item
                className={classes(popup.item, popup.danger)}
                onClick={() => ask({ about: "remove", user })}
              >
                <UserMinus aria-hidden="true" />
                {t("member.remove")}
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
