// Sizes of files as people read them.

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** `12 bytes`, `340 kB`, `1.2 MB`. */
export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const index = Math.min(power, UNITS.length - 1);
  const value = bytes / 1_000 ** index;
  const unitDisplay = index === 0 ? "long" : "short";
  const style = { style: "unit", unit: UNITS[index], unitDisplay } as const;
  const maximumFractionDigits = index > 1 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale, { ...style, maximumFractionDigits }).format(value);
}
