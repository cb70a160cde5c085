import type { adviceEn } from './advice/en.ts';
import type { confirmEn } from './confirm/en.ts';
import type { en } from './en.ts';
import type { outboxEn } from './outbox/en.ts';
import type { piecesEn } from './pieces/en.ts';

/** One text for each plural category that the languages here have for whole numbers (CLDR names). */
export interface Plural {
  readonly one?: string;
  readonly other: string;
}

/** Every language says everything that English says, and where English counts, it may count. */
export type Catalogue = {
  readonly [Key in keyof typeof en]: (typeof en)[Key] extends string ? string : Plural;
};

/** The part of a catalogue that is about failures. */
export type AdviceCatalogue = Pick<Catalogue, keyof typeof adviceEn>;

/** The part of a catalogue that is about Pieces OS. */
export type PiecesCatalogue = Pick<Catalogue, keyof typeof piecesEn>;

/** The part of a catalogue that is about what waits. */
export type OutboxCatalogue = Pick<Catalogue, keyof typeof outboxEn>;

/** The part of a catalogue that is about what is confirmed outside the window. */
export type ConfirmCatalogue = Pick<Catalogue, keyof typeof confirmEn>;

export type MessageKey = keyof typeof en;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type EnglishText<Key extends MessageKey> = (typeof en)[Key] extends { readonly other: infer Text }
  ? Text
  : (typeof en)[Key];

/** The values that a message needs: none, or one object naming each `{placeholder}`. */
export type ValuesOf<Key extends MessageKey> = [NamesIn<EnglishText<Key>>] extends [never]
  ? []
  : [values: { readonly [Name in NamesIn<EnglishText<Key>>]: string | number }];

/** Messages that need no values. */
export type TextKey = {
  [Key in MessageKey]: ValuesOf<Key> extends [] ? Key : never;
}[MessageKey];
