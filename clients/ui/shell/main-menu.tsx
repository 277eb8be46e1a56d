// The button of the menu of every page. The menu itself is not in the first load: it comes when
// somebody is about to open it, or once a person is signed in and the page has nothing else to do.
import { MenuIcon } from "lucide-react";
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { sayFailure } from "../components/notices.ts";
import { useClient } from "./client-context.ts";
import { useObservable } from "./observe.ts";

type Load = () => Promise<unknown>;

interface MainMenuProps {
  /** For people who are signed in; loaded by `loadItems`. */
  readonly children?: ReactNode;
  readonly loadItems: Load;
}

const loadPopup = () =>
  import("./main-menu-popup.tsx").then(({ MainMenuPopup }) => ({ default: MainMenuPopup }));
const MainMenuPopup = lazy(loadPopup);

const loadMenu = (loadItems: Load) => Promise.all([loadPopup(), loadItems()]);

/** A failure shows when the menu is opened. */
const loadAhead = (loadItems: Load) => void loadMenu(loadItems).catch(() => {});

const OPENING_KEYS = ["ArrowDown", "ArrowUp"];

export function MainMenu({ children, loadItems }: MainMenuProps) {
  const { t } = useTranslation("shell");
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const isSignedIn = useObservable(useClient().session).viewerId !== null;
  const [isLoaded, setLoaded] = useState(false);
  const [isOpen, setOpen] = useState(false);
  // Before it is needed: without a network it could not be opened.
  useEffect(() => {
    if (isSignedIn) loadAhead(loadItems);
  }, [isSignedIn, loadItems]);
  function open(): void {
    loadMenu(loadItems).then(
      () => {
        setLoaded(true);
        setOpen(true);
      },
      () => sayFailure(t("errors.network")),
    );
  }
  function openByKey(event: KeyboardEvent): void {
    if (!OPENING_KEYS.includes(event.key)) return;
    event.preventDefault();
    open();
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t("menu")}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        className={buttonClass({ kind: "plain" }, true)}
        onPointerEnter={() => loadAhead(loadItems)}
        onFocus={() => loadAhead(loadItems)}
        onKeyDown={openByKey}
        onClick={open}
      >
        <MenuIcon aria-hidden="true" />
      </button>
      <Suspense>
        {isLoaded && (
          <MainMenuPopup id={id} anchor={button} isOpen={isOpen} setOpen={setOpen}>
            {children}
          </MainMenuPopup>
        )}
      </Suspense>
    </>
  );
}
