// The categories of which mails and pushes come: a table of checkboxes, which count at once.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./notifications.module.css";
import type { Channels, Wishes } from "./preferences.ts";

interface TableProps {
  readonly wishes: Wishes;
  /** Whether there is a column of pushes. */
  readonly hasPushes?: boolean;
}

export function ChannelsTable({ wishes, hasPushes = false }: TableProps) {
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
          {hasPushes && (
            <th id={`${id}-push`} scope="col">
              {t("isPushOn")}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {wishes.preferences.channels.map((channels) => (
          <Row
            key={channels.category}
            id={id}
            channels={channels}
            wishes={wishes}
            hasPushes={hasPushes}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Required<TableProps> {
  readonly id: string;
  readonly channels: Channels;
}

function Row({ id, channels, wishes, hasPushes }: RowProps) {
  const { t } = useTranslation("preferences");
  const { category, isEmailOn, isPushOn } = channels;
  const rowId = `${id}-${category}`;
  // Accounts send mails of their own, and nothing is pushed of them.
  const isFixed = category === "ACCOUNT";
  const change = (given: Partial<Channels>) =>
    void wishes.change({ channels: [{ ...channels, ...given }] });
  return (
    <tr>
      <th scope="row">
        <span id={rowId}>{t(`categories.${category}`)}</span>
        <span className={styles.hint}>{t(`categoryHints.${category}`)}</span>
      </th>
      <td>
        <Box
          labelledBy={`${rowId} ${id}-mail`}
          isChecked={isFixed || isEmailOn}
          isFixed={isFixed}
          onChange={(isOn) => change({ isEmailOn: isOn })}
        />
      </td>
      {hasPushes && (
        <td>
          {!isFixed && (
            <Box
              labelledBy={`${rowId} ${id}-push`}
              isChecked={isPushOn}
              onChange={(isOn) => change({ isPushOn: isOn })}
            />
          )}
        </td>
      )}
    </tr>
  );
}

interface BoxProps {
  readonly labelledBy: string;
  readonly isChecked: boolean;
  readonly isFixed?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Box({ labelledBy, isChecked, isFixed = false, onChange }: BoxProps) {
  return (
    <label className={styles.box}>
      <input
        type="checkbox"
        aria-labelledby={labelledBy}
        checked={isChecked}
        disabled={isFixed}
        onChange={({ currentTarget: { checked } }) => onChange(checked)}
      />
    </label>
  );
}
