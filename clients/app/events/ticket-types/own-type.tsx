// The ticket type of the reader's registration: its name, and what is paid at the door.

import type { Price } from "@meetinity/ui/i18n/prices.ts";
import styles from "./ticket-types.module.css";
import { useTypePrice } from "./type-price.ts";

interface OwnTypeProps {
  readonly type: { readonly name: string; readonly price: Price | null };
  readonly partySize: number;
}

export function OwnType({ type, partySize }: OwnTypeProps) {
  const price = useTypePrice(type.price, partySize);
  return (
    <p className={styles.own}>
      <span className={styles.name}>{type.name}</span>
      <span className={styles.small}>{price}</span>
    </p>
  );
}
