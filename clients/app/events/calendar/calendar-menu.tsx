// The calendars to which an event can be added. Loaded when somebody is about to open it.
import { Menu } from "@base-ui/react/menu";
import popup from "@meetinity/ui/components/popup.module.css";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { EventShown } from "../event.ts";
import { calendarEventOf } from "./calendar-event.ts";
import { fileNameOf, icsOf } from "./ics.ts";
import { googleLink, outlookLink } from "./links.ts";

interface CalendarMenuProps {
  readonly id: string;
  readonly event: EventShown;
  /** The button of the menu, which gets the focus back. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
}

export function CalendarMenu({ id, event, anchor, isOpen, setOpen }: CalendarMenuProps) {
  const { t } = useTranslation("calendar");
  const entry = calendarEventOf(event);
  return (
    <Menu.Root open={isOpen} onOpenChange={setOpen}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={6} align="start" className={popup.positioner}>
          <Menu.Popup id={id} className={popup.popup} finalFocus={anchor}>
            <Menu.Item
              className={popup.item}
              onClick={() => save(fileNameOf(event.title), icsOf(entry, new Date()))}
            >
              {t("file")}
            </Menu.Item>
            <Outside href={googleLink(entry)}>{t("google")}</Outside>
            <Outside href={outlookLink(entry)}>{t("outlook")}</Outside>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Outside({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Menu.LinkItem className={popup.item} closeOnClick href={href} target="_blank" rel="noreferrer">
      {children}
    </Menu.LinkItem>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
