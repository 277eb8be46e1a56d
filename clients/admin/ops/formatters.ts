// Numbers of the running system in the reader's language.
export function formatters(language: string) {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const perSecond = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const unit = (name: string) => new Intl.NumberFormat(language, { style: "unit", unit: name });
  const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 });
  const left = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const [ms, megabytes] = [unit("millisecond"), unit("megabyte")];
  return {
    count: (value: number) => count.format(value),
    perSecond: (value: number) => perSecond.format(value),
    ms: (value: number) => ms.format(value),
    megabytes: (value: number) => megabytes.format(value),
    /** A share that is promised, such as 99.95 %. */
    share: (value: number) => share.format(value),
    left: (value: number) => left.format(value),
  };
}
