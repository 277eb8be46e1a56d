// Prices as people read them. Amounts come in the smallest unit of their currency.

export interface Price {
  readonly amount: number;
  readonly currency: string;
}

/** `€12`, `€12.50`, `¥1,500`: of `count` seats. */
export function formatPrice({ amount, currency }: Price, locale: string, count = 1): string {
  const style = { style: "currency", currency } as const;
  const digits = new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 0;
  const value = (amount * count) / 10 ** digits;
  const format = { ...style, trailingZeroDisplay: "stripIfInteger" } as const;
  return new Intl.NumberFormat(locale, format).format(value);
}
