// The reader's answers to the questions of an event, which they can change until it begins.
import { ChangeAnswers } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import styles from "./answers.module.css";
import { type Asking, answersIn, byQuestion, missingIn, type Violations } from "./answers.ts";
import { focusMistake, QuestionFields } from "./question-fields.tsx";

interface OwnAnswersProps {
  readonly asking: Asking;
  readonly registrationId: string;
}

export function OwnAnswers({ asking, registrationId }: OwnAnswersProps) {
  const { t } = useTranslation("answers");
  const { questions, viewerRegistration } = asking;
  const { change, violations } = useChange(asking, registrationId);
  if (questions.length === 0) return null;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { currentTarget } = event;
        void change(new FormData(currentTarget)).then(() => focusMistake(currentTarget));
      }}
    >
      <h3>{t("title")}</h3>
      <QuestionFields
        questions={questions}
        answers={viewerRegistration?.answers ?? []}
        violations={violations}
      />
      <div>
        <Button needsNetwork type="submit">
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function useChange({ questions }: Asking, registrationId: string) {
  const { t } = useTranslation("answers");
  const { t: common } = useTranslation("shell");
  const [violations, setViolations] = useState<Violations>({});
  async function change(data: FormData): Promise<void> {
    const answers = answersIn(data, questions);
    const missing = missingIn(answers, questions);
    setViolations(missing);
    if (Object.keys(missing).length > 0) return;
    try {
      const input = { registrationId, answers };
      const options = { isSafeToRepeat: true };
      const { changeAnswers: result } = await client.run(ChangeAnswers, { input }, options);
      if (result.__typename === "ChangeAnswersSuccess") say(t("saved"));
      else if (result.__typename === "InvalidAnswersProblem") {
        setViolations(byQuestion(result.violations));
      } else sayFailure(t("closed"));
    } catch (error) {
      sayFailure(explain(error, common));
    }
  }
  return { change, violations };
}
