/** One text for each plural category that our languages have for whole numbers (CLDR names). */
export interface Plural {
  readonly one?: string;
  readonly other: string;
}

/** The messages of one area in one language; `{name}` is a placeholder. */
export type Catalog = Readonly<Record<string, string | Plural>>;

/** Every language has every message of English, and where English counts, it may count. */
export type Translation<English extends Catalog> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type TextOf<Message> = Message extends { readonly other: infer Text } ? Text : Message;

/** The values that a message needs: none, or one object with each `{placeholder}`. */
export type ValuesOf<Message> = [NamesIn<TextOf<Message>>] extends [never]
  ? []
  : [values: { readonly [Name in NamesIn<TextOf<Message>>]: string | number }];

/** Keys of the messages that need no values. */
export type TextKeyOf<English extends Catalog> = {
  [Key in keyof English]: ValuesOf<English[Key]> extends [] ? Key : never;
}[keyof English];
