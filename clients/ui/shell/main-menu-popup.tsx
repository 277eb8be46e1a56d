// The menu of every page: language, theme, and for people who are signed in the app's own items and
// the way out. It is loaded when somebody is about to open it.
import { Menu } from "@base-ui/react/menu";
import i18next from "i18next";
import { Check } from "lucide-react";
import { type ReactNode, type RefObject, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "../components/classes.ts";
import { sayFailure } from "../components/notices.ts";
import popup from "../components/popup.module.css";
import { chooseLanguage, LANGUAGES, type Language } from "../i18n/i18n.ts";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "../look/theme.ts";
import { useClient } from "./client-context.ts";
import { useObservable } from "./observe.ts";

interface MainMenuPopupProps {
  readonly id: string;
  /** The button of the menu: it stands there, and gives the focus back to it. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
  /** For people who are signed in. */
  readonly children?: ReactNode;
}

export function MainMenuPopup({ id, anchor, isOpen, setOpen, children }: MainMenuPopupProps) {
  const { viewerId } = useObservable(useClient().session);
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={6} align="end">
          <Menu.Popup id={id} className={popup.popup} finalFocus={anchor}>
            <LanguageItems />
            <Menu.Separator className={popup.separator} />
            <ThemeItems />
            {viewerId !== null && (
              <>
                <Menu.Separator className={popup.separator} />
                <Suspense>{children}</Suspense>
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
