// The section of the second factor: on or off, how to change that, and the recovery codes.
import {
  DisableTotp,
  EnrollTotp,
  type EnrollTotpMutation,
  RenewRecoveryCodes,
  SecondFactor,
} from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useRead } from "../../shell/use-read.ts";
import { Section } from "../section.tsx";
import { Enrolling } from "./enrolling.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import styles from "./second-factor.module.css";

export type NewSecret = Extract<
  EnrollTotpMutation["enrollTotp"],
  { readonly __typename: "EnrollTotpSuccess" }
>;

type Step =
  | { readonly kind: "none" }
  | { readonly kind: "enrolling"; readonly secret: NewSecret }
  | { readonly kind: "codes"; readonly codes: readonly string[] };

const NONE: Step = { kind: "none" };

export function SecondFactorSection() {
  const { t } = useTranslation("secondFactor");
  const { data, error, refresh, retry } = useRead(SecondFactor, {});
  const [step, setStep] = useState<Step>(NONE);
  const me = data?.me;
  const showCodes = async (codes: readonly string[]) => {
    setStep({ kind: "codes", codes });
    // A role that waited for this counts from the next token on.
    if (me?.isSecondFactorMissing) await client.session.refresh();
    await refresh();
  };
  return (
    <Section title={t("title")} hint={t("hint")}>
      {!me && (error ? <Failed error={error} onRetry={retry} /> : <Loading rows={2} />)}
      {me?.isSecondFactorMissing && <p className={styles.needed}>{t("needed")}</p>}
      {step.kind === "enrolling" && (
        <Enrolling secret={step.secret} onConfirmed={showCodes} onCancel={() => setStep(NONE)} />
      )}
      {step.kind === "codes" && <RecoveryCodes codes={step.codes} onDone={() => setStep(NONE)} />}
      {step.kind === "none" && me && (
        <State
          isOn={me.hasSecondFactor === true}
          codesLeft={me.recoveryCodesLeft ?? 0}
          onSecret={(secret) => setStep({ kind: "enrolling", secret })}
          onCodes={showCodes}
          onOff={refresh}
        />
      )}
    </Section>
  );
}

interface StateProps {
  readonly isOn: boolean;
  readonly codesLeft: number;
  readonly onSecret: (secret: NewSecret) => void;
  readonly onCodes: (codes: readonly string[]) => Promise<void>;
  readonly onOff: () => Promise<void>;
}

function State({ isOn, codesLeft, onSecret, onCodes, onOff }: StateProps) {
  const { t } = useTranslation("secondFactor");
  const [asking, setAsking] = useState<"off" | "renew" | null>(null);
  const { refusal, isBusy, act } = useAct();
  const enroll = () => act(async () => enrollTotp(onSecret));
  return (
    <>
      <p className={styles.state}>{t(isOn ? "on" : "off")}</p>
      {isOn && <p>{t("codesLeft", { count: codesLeft })}</p>}
      <div className={styles.buttons}>
        <Button
          needsNetwork
          kind={isOn ? "secondary" : "primary"}
          aria-disabled={isBusy}
          onClick={enroll}
        >
          {t(isOn ? "replaceApp" : "turnOn")}
        </Button>
        {isOn && (
          <>
            <Button needsNetwork aria-disabled={isBusy} onClick={() => setAsking("renew")}>
              {t("renewCodes")}
            </Button>
            <Button needsNetwork aria-disabled={isBusy} onClick={() => setAsking("off")}>
              {t("turnOff")}
            </Button>
          </>
        )}
      </div>
      <ConfirmDialog
        isOpen={asking !== null}
        title={t(asking === "renew" ? "renewTitle" : "offTitle")}
        text={t(asking === "renew" ? "renewEffect" : "offEffect")}
        confirm={t(asking === "renew" ? "renewCodes" : "turnOff")}
        onConfirm={() => {
          setAsking(null);
          act(asking === "renew" ? () => renew(onCodes) : () => disable(onOff));
        }}
        onCancel={() => setAsking(null)}
      />
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
    </>
  );
}

/** Null where it was done, or where the person would rather not confirm that it is them. */
type Refused = "roleNeedsIt" | null;

async function enrollTotp(onSecret: (secret: NewSecret) => void): Promise<Refused> {
  const { enrollTotp: result } = await client.run(EnrollTotp, {});
  if (result.__typename === "EnrollTotpSuccess") onSecret(result);
  return null;
}

async function renew(onCodes: (codes: readonly string[]) => Promise<void>): Promise<Refused> {
  const { renewRecoveryCodes: result } = await client.run(RenewRecoveryCodes, {});
  if (result.__typename === "RenewRecoveryCodesSuccess") await onCodes(result.recoveryCodes);
  return null;
}

async function disable(onOff: () => Promise<void>): Promise<Refused> {
  const { disableTotp: result } = await client.run(DisableTotp, {});
  if (result.__typename === "RoleNeedsSecondFactorProblem") return "roleNeedsIt";
  if (result.__typename === "DisableTotpSuccess") await onOff();
  return null;
}

/** One thing at a time. A refusal stays until the next try. */
function useAct() {
  const { t } = useTranslation("secondFactor");
  const { t: common } = useTranslation("shell");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const act = (work: () => Promise<Refused>) => {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    work()
      .then((refused) => refused && setRefusal(t(refused)))
      .catch((error: unknown) => setRefusal(explain(error, common)))
      .finally(() => setBusy(false));
  };
  return { refusal, isBusy, act };
}
