// The items of the menu for people who are signed in: events, their card and the settings.
import { Menu } from "@base-ui/react/menu";
import popup from "@meetinity/ui/components/popup.module.css";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client } from "./client.ts";

export function PersonalItems() {
  const { t } = useTranslation("shell");
  const { viewerId } = useObservable(client.session);
  if (viewerId === null) return null;
  return (
    <>
      <Menu.Item className={popup.item} render={<Link to="/events" />}>
        {t("events")}
      </Menu.Item>
      <Menu.Item className={popup.item} render={<Link to="/registrations" />}>
        {t("myRegistrations")}
      </Menu.Item>
      <Menu.Item
        className={popup.item}
        render={<Link to="/people/$personId" params={{ personId: viewerId }} />}
      >
        {t("myCard")}
      </Menu.Item>
      <Menu.Item className={popup.item} render={<Link to="/settings" />}>
        {t("settings")}
      </Menu.Item>
    </>
  );
}
