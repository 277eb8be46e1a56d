// The items of the menu for people who are signed in: the way to the app, where their account is.
import { Menu } from "@base-ui/react/menu";
import popup from "@meetinity/ui/components/popup.module.css";
import { useTranslation } from "react-i18next";
import { appUrl } from "./app-url.ts";

export function PersonalItems() {
  const { t } = useTranslation("shell");
  return (
    <Menu.Item className={popup.item} render={<a href={appUrl()} />}>
      {t("toApp")}
    </Menu.Item>
  );
}
