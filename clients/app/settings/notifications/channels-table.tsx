// The categories of which mails come: a table of checkboxes, which count at once.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./notifications.module.css";
import type { Channels, Wishes } from "./preferences.ts";

export function ChannelsTable({ wishes }: { readonly wishes: Wishes }) {
  const { t } = useTranslation("preferences");
  const id = useId();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden-visually">{t("category")}</span>
          </th>
          <th id={`${id}-mail`} scope="col">
            {t("isEmailOn")}
          </th>
        </tr>
      </thead>
      <tbody>
        {wishes.preferences.channels.map((channels) => (
          <Row key={channels.category} id={id} channels={channels} wishes={wishes} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly id: string;
  readonly channels: Channels;
  readonly wishes: Wishes;
}

function Row({ id, channels, wishes }: RowProps) {
  const { t } = useTranslation("preferences");
  const { category, isEmailOn } = channels;
  const rowId = `${id}-${category}`;
  // Accounts send mails of their own.
  const isFixed = category === "ACCOUNT";
  return (
    <tr>
      <th scope="row">
        <span id={rowId}>{t(`categories.${category}`)}</span>
        <span className={styles.hint}>{t(`categoryHints.${category}`)}</span>
      </th>
      <td>
        <label className={styles.box}>
          <input
            type="checkbox"
            aria-labelledby={`${rowId} ${id}-mail`}
            checked={isFixed || isEmailOn}
            disabled={isFixed}
            onChange={({ currentTarget: { checked } }) =>
              void wishes.change({ channels: [{ ...channels, isEmailOn: checked }] })
            }
          />
        </label>
      </td>
    </tr>
  );
}
