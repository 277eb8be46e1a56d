// The menu of every page: language, theme, and for people who are signed in the app's own items and
// the way out.
import { Menu } from "@base-ui/react/menu";
import i18next from "i18next";
import { Check, MenuIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { classes } from "../components/classes.ts";
import { sayFailure } from "../components/notices.ts";
import popup from "../components/popup.module.css";
import { chooseLanguage, LANGUAGES, type Language } from "../i18n/i18n.ts";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "../look/theme.ts";
import { useClient } from "./client-context.ts";
import { useObservable } from "./observe.ts";

interface MainMenuProps {
  /** For people who are signed in. */
  readonly children?: ReactNode;
}

export function MainMenu({ children }: MainMenuProps) {
  const { t } = useTranslation("shell");
  const { viewerId } = useObservable(useClient().session);
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
            {viewerId !== null && (
              <>
                <Menu.Separator className={popup.separator} />
                {children}
                <SignOut />
              </>
            )}
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

/** Ends the session, here in any case. */
function SignOut() {
  const { t } = useTranslation("shell");
  const { session } = useClient();
  const signOut = () => session.signOut().catch(() => sayFailure(i18next.t("shell:signOutFailed")));
  return (
    <Menu.Item className={classes(popup.item, popup.danger)} onClick={() => void signOut()}>
      {t("signOut")}
    </Menu.Item>
  );
}
