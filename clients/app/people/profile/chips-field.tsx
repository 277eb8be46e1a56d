// A field with several words: chips, and a text field that suggests more. Free words are added by
// Enter, a comma, or by leaving the field.
import { Combobox } from "@base-ui/react/combobox";
import { Field } from "@base-ui/react/field";
import { classes } from "@meetinity/ui/components/classes.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import field from "@meetinity/ui/components/text-field.module.css";
import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./chips.module.css";
import { type FieldName, isTooLong, WORD_LENGTH_MAX, WORDS_MAX } from "./draft.ts";

export interface ChipsFieldProps {
  readonly name: FieldName;
  readonly label: string;
  readonly placeholder: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** The words that match the search, without those that are chosen already. */
  readonly items: readonly string[];
  readonly labelOf: (value: string) => string;
  /** Where people may write other words: takes what is typed. */
  readonly onFreeWord?: (word: string) => void;
}

const ADDING_KEYS = ["Enter", ",", ";"];

export function ChipsField(props: ChipsFieldProps) {
  const { name, label, values, onChange, search, onSearch, items, labelOf, onFreeWord } = props;
  const { t } = useTranslation("profile");
  const highlighted = useRef<string | undefined>(undefined);
  const isFull = values.length >= WORDS_MAX;
  const isFree = onFreeWord !== undefined;
  const [isOpen, setOpen] = useState(false);
  function leave(): void {
    setOpen(false);
    if (search.trim() === "") return;
    if (isFree) onFreeWord(search);
    else onSearch("");
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!ADDING_KEYS.includes(event.key) || event.nativeEvent.isComposing) return;
    const isChoice = event.key === "Enter" && highlighted.current !== undefined;
    if (isChoice || (event.key !== "Enter" && !isFree)) return;
    // Enter would send the form.
    event.preventDefault();
    if (search.trim() !== "") onFreeWord?.(search);
  }
  return (
    <Field.Root name={name} className={field.field}>
      <Field.Label className={field.label}>{label}</Field.Label>
      <Combobox.Root<string, true>
        multiple
        items={items}
        filter={null}
        value={[...values]}
        onValueChange={(next, { reason }) => {
          // The Escape key shall close the list, and not take away all words.
          if (reason !== "escape-key") onChange(next);
        }}
        inputValue={search}
        onInputValueChange={(next, { reason }) => {
          // The library takes the text away when its list closes; here a word may be unfinished.
          if (reason === "input-change") onSearch(next);
        }}
        open={isOpen}
        onOpenChange={setOpen}
        onItemHighlighted={(item) => {
          highlighted.current = item;
        }}
        itemToStringLabel={labelOf}
        autoHighlight={!isFree}
      >
        <Combobox.InputGroup className={classes(field.input, styles.group)}>
          <Combobox.Chips
            className={styles.chips}
            aria-label={values.length > 0 ? t("chosen", { label }) : undefined}
          >
            <Chips values={values} labelOf={labelOf} />
            <Combobox.Input
              className={styles.input}
              placeholder={isFull ? "" : props.placeholder}
              readOnly={isFull}
              enterKeyHint="done"
              autoCapitalize="none"
              onKeyDown={onKeyDown}
              onBlur={leave}
            />
          </Combobox.Chips>
        </Combobox.InputGroup>
        {isOpen && !isFull && <Choices {...props} />}
      </Combobox.Root>
      <Hint {...props} isFull={isFull} />
      <Field.Error className={field.error} />
    </Field.Root>
  );
}

function Chips({ values, labelOf }: Pick<ChipsFieldProps, "values" | "labelOf">) {
  const { t } = useTranslation("profile");
  return values.map((value) => (
    <Combobox.Chip key={value} className={styles.chip} aria-label={labelOf(value)}>
      <span dir="auto">{labelOf(value)}</span>
      <Combobox.ChipRemove
        className={styles.remove}
        aria-label={t("remove", { word: labelOf(value) })}
      >
        <X aria-hidden="true" size={16} />
      </Combobox.ChipRemove>
    </Combobox.Chip>
  ));
}

function Hint({ values, search, onFreeWord, isFull }: ChipsFieldProps & { isFull: boolean }) {
  const { t } = useTranslation("profile");
  const isLong = onFreeWord !== undefined && isTooLong(search);
  const count = t("count", { count: values.length, max: WORDS_MAX });
  const howTo = onFreeWord ? `${count} · ${t("freeWords")}` : count;
  return (
    <Field.Description className={isLong ? field.error : field.hint}>
      {isLong ? t("wordTooLong", { max: WORD_LENGTH_MAX }) : isFull ? t("full") : howTo}
    </Field.Description>
  );
}

/**
 * Without the library's popup, which hides the rest of the page from assistive technology while it
 * is open, but not from the Tab key.
 */
function Choices({ items, search, labelOf, onFreeWord }: ChipsFieldProps) {
  const { t } = useTranslation("profile");
  const typed = search.trim();
  if (items.length === 0 && onFreeWord) return null;
  return (
    <Combobox.Portal>
      <Combobox.Positioner className={popup.positioner} sideOffset={6}>
        <div role="presentation" className={classes(popup.popup, styles.popup)}>
          <Combobox.Empty className={styles.none}>{t("none")}</Combobox.Empty>
          <Combobox.List className={styles.list}>
            {(item: string) => (
              <Combobox.Item key={item} value={item} className={popup.item}>
                {onFreeWord && item === typed ? (
                  <>
                    <Plus aria-hidden="true" />
                    {t("add", { word: item })}
                  </>
                ) : (
                  <span dir="auto">{labelOf(item)}</span>
                )}
              </Combobox.Item>
            )}
          </Combobox.List>
        </div>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
