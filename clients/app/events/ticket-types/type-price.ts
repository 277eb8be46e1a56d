// The price of a ticket type: nothing is paid in the app.
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatPrice, type Price } from "@meetinity/ui/i18n/prices.ts";
import { useTranslation } from "react-i18next";

/** Of one seat, or what all seats of a registration cost. */
export function useTypePrice(price: Price | null, partySize?: number): string {
  const { t } = useTranslation("ticketTypes");
  const { locale } = useDateReader();
  if (price === null) return t("free");
  if (partySize === undefined || partySize === 1) {
    return t("price", { price: formatPrice(price, locale) });
  }
  return t("total", { price: formatPrice(price, locale, partySize) });
}
