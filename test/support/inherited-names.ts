/**
 * Names that every plain object inherits: a table that is a plain object would answer a lookup of
 * one of them with a function or with `Object.prototype`.
 */
export const INHERITED_NAMES: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  '__PROTO__',
  'Constructor',
];
