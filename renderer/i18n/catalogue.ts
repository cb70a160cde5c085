import type { en } from './en.ts';

/** One text for each plural category that the language has (CLDR names). */
export type Plural = { readonly other: string } & {
  readonly [Rule in Intl.LDMLPluralRule]?: string;
};

/** Every language says everything that English says, and where English counts, it may count. */
export type Catalogue = {
  readonly [Key in keyof typeof en]: (typeof en)[Key] extends string ? string : Plural;
};

export type MessageKey = keyof typeof en;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type EnglishText<Key extends MessageKey> = (typeof en)[Key] extends { readonly other: infer Text }
  ? Text
  : (typeof en)[Key];

type Values<Key extends MessageKey> = {
  readonly [Name in NamesIn<EnglishText<Key>>]: string | number;
};

/** The values that a message needs: none, or one object naming each `{placeholder}`. */
export type ValuesOf<Key extends MessageKey> = [NamesIn<EnglishText<Key>>] extends [never]
  ? []
  : [values: Values<Key>];
