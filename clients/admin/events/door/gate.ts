// A gate: lets people in by the server while there is a network, and by its own list otherwise.
import type { ApolloClient } from "@apollo/client";
import type { Observable } from "@meetinity/client";
import { within } from "../../shell/within.ts";
import { isOutage, sendScan, sendWalkIn, takeBack } from "./door-api.ts";
import { DoorList } from "./door-list.ts";
import { countersOf, createState, type GateState, type Shown, type Undo } from "./gate-state.ts";
import { judgeOffline, type SeenScan } from "./offline.ts";
import { shownOfScan, shownOfVerdict, shownOfWalkIn } from "./shown.ts";
import type { Waiting } from "./stored-door.ts";
import { createVerify, readTicket } from "./ticket.ts";
import { WaitingList } from "./waiting-list.ts";

const RETRY_MS = 5_000;
/** A gate does not keep people waiting longer for a line that hangs. */
const PATIENCE_MS = 5_000;

export interface GateOptions {
  readonly apollo: ApolloClient;
  readonly eventId: string;
  readonly viewerId: string;
  /** Its name, which may change. */
  readonly name: () => string;
}

/** A party without a registration. */
interface Party {
  readonly partySize: number;
  readonly label: string;
  readonly ticketTypeId: string | null;
}

export class Gate {
  readonly state: Observable<GateState>;
  readonly #options: GateOptions;
  readonly #state = createState();
  readonly #list: DoorList;
  readonly #waiting: WaitingList;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.state = this.#state;
    this.#waiting = new WaitingList(options);
    this.#list = new DoorList(options, (change) => this.#change(change));
  }

  /** Reads what this browser has kept, then the list of the server. Returns how to stop. */
  start(): () => void {
    const back = () => void this.#send();
    void this.#waiting.load().then(() => {
      this.#change({ waiting: this.#waiting.all.length });
      back();
    });
    void this.#list.start();
    addEventListener("online", back);
    this.#timer = setInterval(back, RETRY_MS);
    return () => {
      removeEventListener("online", back);
      clearInterval(this.#timer);
      this.#list.stop();
    };
  }

  /** Lets in the seat of a code, or says why not. */
  async scan(code: string): Promise<void> {
    const ticket = readTicket(code);
    const scan = {
      ...this.#made(),
      kind: "scan" as const,
      code: code.trim(),
      registrationId: ticket?.registrationId ?? "",
      seat: ticket?.seat ?? 0,
    };
    await this.#online(
      async () => {
        const shown = shownOfScan(await sendScan(this.#options.apollo, scan));
        if (shown.kind === "in" && shown.undo.kind === "checkIn") {
          this.#waiting.saw({ ...scan, scannedAt: scan.at }, shown.undo.id);
        }
        return shown;
      },
      async () => {
        const verify = createVerify(this.#options.eventId, this.#list.keys);
        const isGenuine = ticket && (await verify(ticket));
        const seen: readonly SeenScan[] = this.#waiting.scans();
        const verdict = judgeOffline(ticket, isGenuine, this.#list.snapshot(), seen);
        if (verdict.kind === "in") await this.#keep(scan);
        return shownOfVerdict(verdict, scan, this.#list.types());
      },
    );
  }

  async walkIn({ partySize, label, ticketTypeId }: Party): Promise<void> {
    const party = { partySize, label, ticketTypeId };
    const walkIn = { ...this.#made(), kind: "walkIn" as const, ...party };
    await this.#online(
      async () => {
        const result = await sendWalkIn(this.#options.apollo, walkIn);
        if (result.__typename === "AddWalkInSuccess") {
          this.#change({ counters: countersOf(result.event) });
        }
        return shownOfWalkIn(result);
      },
      async () => {
        await this.#keep(walkIn);
        const undo = { kind: "waiting", nonce: walkIn.nonce } as const;
        const ticketType = this.#list.types().find(({ id }) => id === ticketTypeId) ?? null;
        return { kind: "walkIn", partySize, ticketType, isOffline: true, undo };
      },
    );
  }

  async undo(undo: Undo): Promise<void> {
    try {
      const stored = undo.kind === "waiting" ? this.#waiting.storedOf(undo.nonce) : undo;
      if (stored) {
        const { apollo, viewerId } = this.#options;
        await takeBack(apollo, viewerId, stored);
        this.#waiting.unsee(stored.id);
        await this.#list.refresh();
      } else if (undo.kind === "waiting" && this.#waiting.has(undo.nonce)) {
        await this.#waiting.remove([undo.nonce]);
        this.#change({ waiting: this.#waiting.all.length });
      }
      this.#show({ kind: "undone" });
    } catch (error) {
      this.#show({ kind: "failed", error });
    }
  }

  dismissTroubles(): void {
    this.#change({ troubles: 0 });
  }

  /** Asks the server, and where it does not answer, `alone`. */
  async #online(ask: () => Promise<Shown>, alone: () => Promise<Shown>): Promise<void> {
    try {
      if (!navigator.onLine) throw new TypeError("offline");
      // Its token may hang as well as the request, whose own limit is shorter.
      const shown = await within(PATIENCE_MS, ask());
      this.#change({ isOnline: true });
      this.#show(shown);
    } catch (error) {
      if (!isOutage(error)) {
        this.#show({ kind: "failed", error });
        return;
      }
      this.#change({ isOnline: false });
      this.#show(await alone());
    }
  }

  #made() {
    const { eventId, viewerId, name } = this.#options;
    const at = new Date().toISOString();
    return { nonce: crypto.randomUUID(), eventId, viewerId, gate: name(), at };
  }

  async #keep(waiting: Waiting): Promise<void> {
    await this.#waiting.add(waiting);
    this.#change({ waiting: this.#waiting.all.length });
  }

  /** Sends what waits. A second call meanwhile does nothing. */
  async #send(): Promise<void> {
    if (!navigator.onLine) {
      this.#change({ isOnline: false });
      return;
    }
    const sent = await this.#waiting.send();
    if (sent === null) {
      const isBack = !this.#state.getSnapshot().isOnline && this.#waiting.all.length === 0;
      if (isBack) await this.#list.refresh();
      return;
    }
    const { troubles } = this.#state.getSnapshot();
    this.#change({
      isOnline: true,
      waiting: this.#waiting.all.length,
      troubles: troubles + sent.troubles,
    });
    if (sent.nonces.length > 0) await this.#list.refresh();
  }

  #show(shown: Shown): void {
    const { shownCount } = this.#state.getSnapshot();
    this.#change({ shown, shownCount: shownCount + 1 });
  }

  #change(change: Partial<GateState>): void {
    this.#state.change(change);
  }
}
