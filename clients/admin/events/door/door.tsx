// The door of an event: scans tickets with the camera or by their code, lets in walk-ins, and
// works on without a network.
import { useApolloClient } from "@apollo/client/react";
import { Button } from "@meetinity/ui/components/button.tsx";
import { Loading } from "@meetinity/ui/components/state.tsx";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { type FormEvent, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import cards from "../../parts/page.module.css";
import { CameraPanel } from "./camera.tsx";
import { Conflicts } from "./conflicts.tsx";
import styles from "./door.module.css";
import { Gate } from "./gate.ts";
import { useGateName } from "./gate-name.ts";
import { GateStatus } from "./gate-status.tsx";
import { Result } from "./result.tsx";
import { playSound } from "./sound.ts";
import { WalkInForm } from "./walk-in-form.tsx";

interface DoorProps {
  readonly eventId: string;
  /** The person at the gate. */
  readonly viewerId: string;
}

export function Door({ eventId, viewerId }: DoorProps) {
  const { t } = useTranslation("door");
  const apollo = useApolloClient();
  const [name, setName, currentName] = useGateName();
  const gate = useMemo(
    () => new Gate({ apollo, eventId, viewerId, name: currentName }),
    [apollo, eventId, viewerId, currentName],
  );
  useEffect(() => gate.start(), [gate]);
  const state = useObservable(gate.state);
  const [hasSound, setSound] = useState(false);
  const { shown, shownCount } = state;
  useEffect(() => {
    if (hasSound && shownCount > 0 && shown) playSound(shown.kind);
  }, [hasSound, shown, shownCount]);
  if (state.status === "loading") return <Loading />;
  if (state.status !== "ready") return <p className={cards.card}>{t("notYours")}</p>;
  return (
    <div className={styles.door}>
      <GateStatus state={state} onDismiss={() => gate.dismissTroubles()} />
      <Result shown={shown} onUndo={(undo) => void gate.undo(undo)} />
      <div className={styles.ways}>
        <section className={cards.card} aria-labelledby="door-scan">
          <h2 id="door-scan">{t("scan")}</h2>
          <CameraPanel onCode={(code) => void gate.scan(code)} />
          <CodeForm onCode={(code) => void gate.scan(code)} />
        </section>
        <section className={cards.card} aria-labelledby="door-walk-in">
          <h2 id="door-walk-in">{t("walkIn")}</h2>
          <WalkInForm types={state.types} onWalkIn={(party) => void gate.walkIn(party)} />
          <h2>{t("thisGate")}</h2>
          <TextField
            name="gate"
            label={t("gateName")}
            hint={t("gateHint")}
            maxLength={40}
            value={name}
            onValueChange={setName}
          />
          <label className={styles.sound}>
            <input
              type="checkbox"
              checked={hasSound}
              onChange={(event) => setSound(event.target.checked)}
            />
            {t("sound")}
          </label>
        </section>
      </div>
      <Conflicts eventId={eventId} troubles={state.troubles} />
    </div>
  );
}

function CodeForm({ onCode }: { readonly onCode: (code: string) => void }) {
  const { t } = useTranslation("door");
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const code = String(new FormData(form).get("code") ?? "").trim();
    if (code === "") return;
    onCode(code);
    form.reset();
  }
  return (
    <form className={styles.code} onSubmit={submit}>
      <TextField
        name="code"
        label={t("code")}
        hint={t("codeHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={300}
      />
      <Button type="submit">{t("check")}</Button>
    </form>
  );
}
