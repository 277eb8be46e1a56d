// The page that makes a group: its name, the people in it, and how it begins. Strangers are
// invited.
import { Button } from "@meetinity/ui/components/button.tsx";
import { SubmissionForm } from "@meetinity/ui/components/form.tsx";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import card from "@meetinity/ui/look/card.module.css";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { useTranslation } from "react-i18next";
import { Back } from "../../shell/back.tsx";
import { ConfirmAddress } from "../../shell/confirm-address.tsx";
import { ChosenPeople } from "./chosen-people.tsx";
import styles from "./groups.module.css";
import { PeopleSearch } from "./people-search.tsx";
import { PolicyField } from "./policy-field.tsx";
import { TITLE_MAX } from "./text-limits.ts";
import { useNewGroup } from "./use-new-group.ts";

export function NewGroupPage() {
  const { t } = useTranslation("groups");
  useTitle(t("create.title"));
  const { submission, isUnverified, people, choose, beginning, begin } = useNewGroup();
  return (
    <div className={card.page}>
      <Back to="/" />
      <h1>{t("create.title")}</h1>
      {isUnverified && <ConfirmAddress />}
      <SubmissionForm submission={submission} className={styles.newGroup}>
        <TextField name="title" label={t("settings.name")} maxLength={TITLE_MAX} dir="auto" />
        <section className={styles.people} aria-labelledby="new-group-people">
          <h2 id="new-group-people">{t("create.people")}</h2>
          <ChosenPeople
            people={people}
            onDrop={(id) => choose(people.filter((p) => p.id !== id))}
          />
          <PeopleSearch people={people} members={NOBODY} onChoose={choose} />
        </section>
        <details className={styles.beginning}>
          <summary>{t("create.settings")}</summary>
          <PolicyField
            name="posting"
            value={beginning.posting}
            options={["EVERYONE", "ADMINS"]}
            onChoose={(posting) => begin({ ...beginning, posting })}
          >
            {null}
          </PolicyField>
          <PolicyField
            name="history"
            value={beginning.history}
            options={["WHOLE", "FROM_JOINING"]}
            onChoose={(history) => begin({ ...beginning, history })}
          >
            {null}
          </PolicyField>
        </details>
        <Button needsNetwork kind="primary" type="submit" aria-disabled={submission.state.isBusy}>
          {t("create.submit")}
        </Button>
      </SubmissionForm>
    </div>
  );
}

const NOBODY: ReadonlySet<string> = new Set();
