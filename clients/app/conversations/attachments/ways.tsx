// The ways to a file on a phone: its photos, its camera, and its files.
import { Menu } from "@base-ui/react/menu";
import popup from "@meetinity/ui/components/popup.module.css";
import { Camera, FileText, Images } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";

interface Way {
  /** Types of files; empty for all. */
  readonly accept: string;
  readonly isCamera: boolean;
}

export interface WaysProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onChoose: (way: Way) => void;
  readonly onClose: () => void;
}

const WAYS = [
  { name: "photos", Icon: Images, accept: "image/*", isCamera: false },
  { name: "camera", Icon: Camera, accept: "image/*", isCamera: true },
  { name: "files", Icon: FileText, accept: "", isCamera: false },
] as const;

export function Ways({ anchor, onChoose, onClose }: WaysProps) {
  const { t } = useTranslation("attachments");
  return (
    <Menu.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={4} align="start" className={popup.positioner}>
          <Menu.Popup className={popup.popup}>
            {WAYS.map(({ name, Icon, ...way }) => (
              <Menu.Item key={name} className={popup.item} onClick={() => onChoose(way)}>
                <Icon aria-hidden="true" />
                {t(`ways.${name}`)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
