// The field for the number of seats, with what is wrong at it.
import field from "@meetinity/ui/components/text-field.module.css";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";

interface SizeFieldProps {
  readonly sizes: readonly number[];
  readonly present?: number;
  readonly hint: string;
  readonly error: string | null;
  readonly onChoose?: (size: number) => void;
}

export function SizeField({ sizes, present = 1, hint, error, onChoose }: SizeFieldProps) {
  const { t } = useTranslation("party");
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (error !== null) select.current?.focus();
  }, [error]);
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {t("size")}
      </label>
      <select
        ref={select}
        id={id}
        name="partySize"
        className={field.input}
        defaultValue={present}
        aria-invalid={error !== null}
        data-invalid={error === null ? undefined : ""}
        aria-describedby={error === null ? `${id}-hint` : `${id}-error ${id}-hint`}
        onChange={({ currentTarget }) => onChoose?.(Number(currentTarget.value))}
      >
        {sizes.map((size) => (
          <option key={size} value={size}>
            {size}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className={field.hint} aria-live={onChoose ? "polite" : undefined}>
        {hint}
      </p>
      {error !== null && (
        <p id={`${id}-error`} className={field.error}>
          {error}
        </p>
      )}
    </div>
  );
}
