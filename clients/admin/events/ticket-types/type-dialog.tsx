// The form of a ticket type, new or to be changed.
import { say } from "@meetinity/ui/components/notices.ts";
import { type Refusal, useSubmission } from "@meetinity/ui/components/submission.ts";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckBox, Choice, TextArea } from "../../parts/fields.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { CURRENCIES } from "../money.ts";
import {
  draftOf,
  FIELDS,
  fieldsOf,
  mistakesIn,
  NEW_TYPE,
  patchOf,
  type TypeDraft,
} from "./draft.ts";
import styles from "./ticket-types.module.css";
import { type Created, type TicketType, type Updated, useTypeChanges } from "./ticket-types.ts";

interface TypeDialogProps {
  readonly eventId: string;
  /** Null for a new one. */
  readonly type: TicketType | null;
  readonly onClose: () => void;
}

export function TypeDialog({ eventId, type, onClose }: TypeDialogProps) {
  const { t } = useTranslation("ticketTypes");
  const [draft] = useState(() => (type ? draftOf(type) : NEW_TYPE));
  const [isHidden, setHidden] = useState(draft.isHidden !== "");
  const submission = useSaving({ eventId, type, onClose });
  return (
    <FormDialog
      title={type ? t("editTitle", { name: type.name }) : t("newTitle")}
      text={t("formHint")}
      submission={submission}
      submit={t(type ? "save" : "add")}
      kind="primary"
      onClose={onClose}
    >
      <TextField name="name" label={t("name")} maxLength={60} defaultValue={draft.name} />
      <TextArea
        name="description"
        label={t("description")}
        rows={2}
        maxLength={500}
        defaultValue={draft.description}
      />
      <PriceFields draft={draft} />
      <SeatFields draft={draft} />
      <CheckBox
        name="isHidden"
        label={t("isHidden")}
        hint={t("isHiddenHint")}
        checked={isHidden}
        onChange={({ currentTarget }) => setHidden(currentTarget.checked)}
      />
      {isHidden && (
        <TextField
          name="code"
          label={t("code")}
          hint={t(type?.isHidden ? "codeKeptHint" : "codeHint")}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </FormDialog>
  );
}

function SeatFields({ draft }: { readonly draft: TypeDraft }) {
  const { t } = useTranslation("ticketTypes");
  return (
    <>
      <div className={styles.pair}>
        <TextField
          name="quota"
          label={t("quota")}
          hint={t("quotaHint")}
          inputMode="numeric"
          defaultValue={draft.quota}
        />
        <TextField
          name="partySizeMax"
          label={t("partySizeMax")}
          hint={t("partySizeMaxHint")}
          inputMode="numeric"
          defaultValue={draft.partySizeMax}
        />
      </div>
      <CheckBox
        name="isReserved"
        label={t("isReserved")}
        hint={t("isReservedHint")}
        defaultChecked={draft.isReserved !== ""}
      />
    </>
  );
}

function PriceFields({ draft }: { readonly draft: TypeDraft }) {
  const { t, i18n } = useTranslation("ticketTypes");
  const names = new Intl.DisplayNames(i18n.language, { type: "currency" });
  const all = new Set([...CURRENCIES, draft.currency]);
  const options = [...all].map((value) => ({ value, name: `${value} · ${names.of(value)}` }));
  return (
    <div className={styles.pair}>
      <TextField
        name="amount"
        label={t("price")}
        hint={t("priceHint")}
        inputMode="decimal"
        defaultValue={draft.amount}
      />
      <Choice
        name="currency"
        label={t("currency")}
        options={options}
        defaultValue={draft.currency}
      />
    </div>
  );
}

function useSaving({ eventId, type, onClose }: TypeDialogProps) {
  const { t } = useTranslation("ticketTypes");
  const { t: common } = useTranslation("shell");
  const { create, update } = useTypeChanges(eventId);
  const refusalOf = useRefusal();
  // After somebody else has saved: their version, with the person's own changes on top.
  const [seen, setSeen] = useState(type);
  return useSubmission(
    FIELDS,
    async (values): Promise<Refusal> => {
      const draft = values as unknown as TypeDraft;
      const mistakes = Object.entries(mistakesIn(draft, type?.isHidden ?? false));
      if (mistakes.length > 0) {
        const textOf = (why: (typeof mistakes)[number][1]) =>
          why === "required" ? common("violations.required") : t(`mistakes.${why}`);
        return { errors: Object.fromEntries(mistakes.map(([name, why]) => [name, textOf(why)])) };
      }
      const fields = fieldsOf(draft);
      const code = fields.isHidden ? draft.code.trim() : "";
      const result =
        type && seen
          ? await update(seen, patchOf(fieldsOf(draftOf(type)), fields), code)
          : await create(fields, code);
      if (result?.__typename === "TicketTypeVersionProblem") setSeen(result.current);
      const refusal = refusalOf(result);
      if (refusal) return refusal;
      say(t(type ? "saved" : "added", { name: fields.name }));
      onClose();
      return null;
    },
    FIELDS,
  );
}

/** Where a Problem belongs. */
function useRefusal(): (result: Created | Updated | undefined) => Refusal {
  const { t } = useTranslation("ticketTypes");
  return (result) => {
    switch (result?.__typename) {
      case "TicketTypeNameProblem":
        return { errors: { name: t("problems.TicketTypeNameProblem") } };
      case "SeatsSetAsideProblem": {
        const { capacity, seatsSetAside: others } = result;
        return { errors: { quota: t("problems.SeatsSetAsideProblem", { capacity, others }) } };
      }
      case "TooManyTicketTypesProblem":
      case "TicketTypeVersionProblem":
      case "EventEndedProblem":
      case "EventCancelledProblem":
        return { refusal: t(`problems.${result.__typename}`) };
      default:
        return null;
    }
  };
}
