// The devices to which the notifications of the reader are pushed: this one, and others.
import { PushDevices, type PushDevicesQuery } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../../../shell/use-read.ts";
import { useNameOf } from "../../devices/device.tsx";
import { Section } from "../../section.tsx";
import styles from "../notifications.module.css";
import type { Wishes } from "../preferences.ts";
import { abilityOf, beginHere, endHere, endThere } from "./this-device.ts";

type Device = NonNullable<NonNullable<PushDevicesQuery["me"]>["pushSubscriptions"]>[number];

/** The devices of the reader; null where nothing is pushed to them, and nothing can be. */
export function usePushDevices() {
  const { data, refresh } = useRead(PushDevices, {});
  const devices = data?.me?.pushSubscriptions ?? [];
  const webPushKey = data?.webPushKey ?? null;
  return webPushKey === null && devices.length === 0 ? null : { webPushKey, devices, refresh };
}

interface PushSectionProps {
  readonly wishes: Wishes;
  readonly pushes: NonNullable<ReturnType<typeof usePushDevices>>;
}

export function PushSection({ wishes, pushes }: PushSectionProps) {
  const { t } = useTranslation("preferences");
  const { webPushKey, devices, refresh } = pushes;
  const own = devices.find(({ isCurrent }) => isCurrent);
  const others = devices.filter(({ isCurrent }) => !isCurrent);
  const { hasPushDetails } = wishes.preferences;
  return (
    <Section title={t("push")} hint={t("pushHint")}>
      {webPushKey !== null && <ThisDevice webPushKey={webPushKey} own={own} onChanged={refresh} />}
      {others.length > 0 && (
        <ul className={styles.devices}>
          {others.map((device) => (
            <OtherDevice key={device.id} device={device} onChanged={refresh} />
          ))}
        </ul>
      )}
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={hasPushDetails}
          onChange={({ currentTarget: { checked } }) =>
            void wishes.change({ hasPushDetails: checked })
          }
        />
        <span>
          {t("pushDetails")}
          <span className={styles.hint}>{t("pushDetailsHint")}</span>
        </span>
      </label>
    </Section>
  );
}

interface ThisDeviceProps {
  readonly webPushKey: string;
  /** Missing where nothing comes to this device. */
  readonly own: Device | undefined;
  readonly onChanged: () => Promise<void>;
}

function ThisDevice({ webPushKey, own, onChanged }: ThisDeviceProps) {
  const { t } = useTranslation("preferences");
  const [ability, setAbility] = useState(abilityOf);
  const { isBusy, run } = useChange(onChanged);
  const isOn = own !== undefined;
  const change = () =>
    run(async () => {
      if (own) return endHere(own.id);
      if ((await beginHere(webPushKey)) === "denied") setAbility("denied");
    });
  return (
    <>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={isOn !== isBusy}
          disabled={isBusy || (!isOn && ability !== "able")}
          onChange={() => void change()}
        />
        <span>{t("pushHere")}</span>
      </label>
      {!isOn && ability !== "able" && (
        <p role="status" className={styles.hint}>
          {t(`pushAbility.${ability}`)}
        </p>
      )}
    </>
  );
}

interface OtherDeviceProps {
  readonly device: Device;
  readonly onChanged: () => Promise<void>;
}

function OtherDevice({ device: { id, device }, onChanged }: OtherDeviceProps) {
  const { t } = useTranslation("preferences");
  const name = useNameOf()(device);
  const { isBusy, run } = useChange(onChanged);
  return (
    <li className={styles.device}>
      <span>{name}</span>
      <Button
        needsNetwork
        isSmall
        aria-disabled={isBusy}
        aria-label={t("pushEndName", { name })}
        onClick={() => void run(() => endThere(id))}
      >
        {t("pushEnd")}
      </Button>
    </li>
  );
}

/** Changes something once at a time; a failure is said, and what is shown is read anew. */
function useChange(onChanged: () => Promise<void>) {
  const { t } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  async function run(work: () => Promise<void>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      await work();
      await onChanged();
    } catch (error) {
      sayFailure(explain(error, t));
    } finally {
      setBusy(false);
    }
  }
  return { isBusy, run };
}
