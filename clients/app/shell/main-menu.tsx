// The menu of every page: language, theme, and for people who are signed in their card and the way
// out.
import { Menu } from "@base-ui/react/menu";
import { Link } from "@tanstack/react-router";
import i18next from "i18next";
import { Check, MenuIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES, type Language } from "../i18n/i18n.ts";
import { buttonClass } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { sayFailure } from "../ui/notices.ts";
import popup from "../ui/popup.module.css";
import { client } from "./client.ts";
import { useObservable } from "./observe.ts";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "./theme.ts";

export function MainMenu() {
  const { t } = useTranslation("shell");
  const { viewerId } = useObservable(client.session);
  return (
    <Menu.Root>
      <Menu.Trigger aria-label={t("menu")} className={buttonClass({ kind: "plain" }, true)}>
        <MenuIcon aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className={popup.popup}>
            <LanguageItems />
            <Menu.Separator className={popup.separator} />
            <ThemeItems />
            {viewerId !== null && <PersonalItems viewerId={viewerId} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function LanguageItems() {
  const { t, i18n } = useTranslation("shell");
  return (
    <Menu.Group>
      <Menu.GroupLabel className={popup.group}>{t("language")}</Menu.GroupLabel>
      <Menu.RadioGroup
        value={i18n.language}
        onValueChange={(language: Language) => void chooseLanguage(language)}
      >
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <Choice key={language} value={language} name={name} lang={language} />
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

function ThemeItems() {
  const { t } = useTranslation("shell");
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <Menu.Group>
      <Menu.GroupLabel className={popup.group}>{t("theme")}</Menu.GroupLabel>
      <Menu.RadioGroup
        value={theme}
        onValueChange={(next: Theme) => {
          chooseTheme(next);
          setTheme(next);
        }}
      >
        {THEMES.map((each) => (
          <Choice key={each} value={each} name={t(`themes.${each}`)} />
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

interface ChoiceProps {
  readonly value: string;
  readonly name: string;
  readonly lang?: string;
}

function Choice({ value, name, lang }: ChoiceProps) {
  return (
    <Menu.RadioItem value={value} className={popup.item} lang={lang}>
      <span className={popup.indicator}>
        <Menu.RadioItemIndicator>
          <Check aria-hidden="true" />
        </Menu.RadioItemIndicator>
      </span>
      {name}
    </Menu.RadioItem>
  );
}

function PersonalItems({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("shell");
  return (
    <>
      <Menu.Separator className={popup.separator} />
      <Menu.Item
        className={popup.item}
        render={<Link to="/people/$personId" params={{ personId: viewerId }} />}
      >
        {t("myCard")}
      </Menu.Item>
      <Menu.Item className={popup.item} render={<Link to="/settings/account" />}>
        {t("account")}
      </Menu.Item>
      <Menu.Item className={classes(popup.item, popup.danger)} onClick={signOut}>
        {t("signOut")}
      </Menu.Item>
    </>
  );
}

/** The session here ends in any case. */
function signOut(): void {
  client.session.signOut().catch(() => sayFailure(i18next.t("shell:signOutFailed")));
}
