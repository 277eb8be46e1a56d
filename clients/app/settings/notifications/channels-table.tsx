// By which channels each category comes: a table of checkboxes, which count at once.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./notifications.module.css";
import type { Channels, Wishes } from "./preferences.ts";

const COLUMNS = ["isEmailOn", "isPushOn"] as const;
type Column = (typeof COLUMNS)[number];

interface ChannelsTableProps {
  readonly wishes: Wishes;
  readonly columns?: readonly Column[];
}

export function ChannelsTable({ wishes, columns = COLUMNS }: ChannelsTableProps) {
  const { t } = useTranslation("preferences");
  const id = useId();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden-visually">{t("category")}</span>
          </th>
          {columns.map((column) => (
            <th key={column} id={`${id}-${column}`} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {wishes.preferences.channels.map((channels) => (
          <Row key={channels.category} {...{ id, channels, columns, wishes }} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Required<ChannelsTableProps> {
  readonly id: string;
  readonly channels: Channels;
}

function Row({ id, channels, columns, wishes }: RowProps) {
  const { t } = useTranslation("preferences");
  const { category } = channels;
  const rowId = `${id}-${category}`;
  return (
    <tr>
      <th scope="row">
        <span id={rowId}>{t(`categories.${category}`)}</span>
        <span className={styles.hint}>{t(`categoryHints.${category}`)}</span>
      </th>
      {columns.map((column) => {
        // Accounts send mails of their own.
        const isFixed = category === "ACCOUNT" && column === "isEmailOn";
        return (
          <td key={column}>
            <label className={styles.box}>
              <input
                type="checkbox"
                aria-labelledby={`${rowId} ${id}-${column}`}
                checked={isFixed || channels[column]}
                disabled={isFixed}
                onChange={({ currentTarget: { checked } }) =>
                  void wishes.change({ channels: [{ ...channels, [column]: checked }] })
                }
              />
            </label>
          </td>
        );
      })}
    </tr>
  );
}
