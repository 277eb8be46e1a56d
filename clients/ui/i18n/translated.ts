// The shape of another language's texts.

/** The same keys. A language may have more plural forms than English, such as `_many`. */
export type Translated<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]>;
} & { readonly [Plural in `${string}_many`]?: string };
