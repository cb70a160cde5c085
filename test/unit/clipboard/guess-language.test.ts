import { expect, test } from 'vitest';
import { guessLanguage } from '../../../main/clipboard/guess-language.ts';

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  ts: [
    'export interface Point {\n  readonly x: number;\n  readonly y: number;\n}\n',
    "import { join } from 'node:path';\n\nexport function here(name: string): string {\n  return join(import.meta.dirname, name);\n}\n",
    'type Id = string;\nconst ids: Id[] = [];\nfunction add(id: Id): void {\n  ids.push(id);\n}',
  ],
  js: [
    "const fs = require('fs');\nfs.readFileSync('x');\nmodule.exports = { a: 1 };\n",
    "document.querySelector('#x').addEventListener('click', (event) => {\n  console.log(event);\n});\nlet n = 0;\n",
    'function add(a, b) {\n  return a + b;\n}\nconsole.log(add(1, 2));\n',
  ],
  py: [
    'import os\n\ndef main():\n    print(os.getcwd())\n\nif __name__ == "__main__":\n    main()\n',
    'from dataclasses import dataclass\n\n@dataclass\nclass Point:\n    x: int\n',
    'def fib(n: int) -> int:\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n',
  ],
  rs: ['use std::io;\n\nfn main() {\n    let mut s = String::new();\n    println!("{s}");\n}\n'],
  go: [
    'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hi")\n}\n',
    'func get(id string) (*User, error) {\n\tu, err := db.Find(id)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn u, nil\n}',
  ],
  java: [
    'public class Main {\n  public static void main(String[] args) {\n    System.out.println("hi");\n  }\n}\n',
  ],
  cs: [
    'using System;\n\nnamespace App\n{\n  class Program\n  {\n    static void Main() { Console.WriteLine("hi"); }\n  }\n}\n',
  ],
  c: ['#include <stdio.h>\n\nint main(void) {\n  printf("hi\\n");\n  return 0;\n}\n'],
  cpp: ['#include <iostream>\n\nint main() {\n  std::cout << "hi";\n}\n'],
  php: ['<?php\necho "hi";\n'],
  rb: [
    'require "json"\n\nclass Cat\n  attr_reader :name\n\n  def speak\n    puts "meow"\n  end\nend\n',
  ],
  swift: ['import Foundation\n\nfunc add(a: Int, b: Int) -> Int {\n  return a + b\n}\n'],
  kt: ['fun main() {\n  val x: Int = 1\n  println(x)\n}\n\ndata class P(val a: Int)\n'],
  sh: [
    '#!/bin/bash\nset -e\nfor f in *.txt; do\n  echo "$f"\ndone\n',
    'sudo apt-get update && sudo apt-get install -y curl\ncurl -fsSL https://example.com | grep version\n',
  ],
  sql: [
    'SELECT id, name FROM users WHERE age > 30 ORDER BY name;',
    'INSERT INTO t (a, b) VALUES (1, 2);',
    'create table if not exists users (\n  id integer primary key\n);',
  ],
  json: ['{"a": 1, "b": [true, null]}', '[\n  {"x": 1},\n  {"x": 2}\n]', '[1, 2, 3]'],
  html: ['<!doctype html>\n<html><body>hi</body></html>', '<div class="a">\n  <p>x</p>\n</div>'],
  xml: ['<?xml version="1.0"?>\n<note><to>Ada</to></note>'],
  svg: ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'],
  css: [
    '.button {\n  color: red;\n  padding: 4px 8px;\n}\n\n@media (width < 400px) {\n  a { margin: 0; }\n}\n',
  ],
  diff: ['diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'],
  dockerfile: ['FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "x"]\n'],
  md: [
    '# Title\n\nSome text with a [link](https://example.com).\n\n- one\n- two\n',
    '## Usage\n\n```sh\nnpm i\n```\n',
  ],
};

test.each(
  Object.entries(SAMPLES).flatMap(([ext, samples]) =>
    samples.map((sample) => [ext, sample] as const),
  ),
)('%s: %j', (ext, sample) => {
  expect(guessLanguage(sample)).toBe(ext);
});

test.each([
  'Dear Ada,\n\nthank you for your letter. I will select a gift from the list, update you, and let you know.\n\nBest wishes',
  'Please import the goods from Spain (see attachment) and return the form by Friday; if not, call me.',
  'Shopping list:\n- milk\n- bread\n- 2 kg of apples (red)\n',
  'Select the best option from the menu where you live.',
  'Let me know = let us know. For each of us while we wait: nothing.',
  '2026-11-23 10:00:01 INFO server started on port 8080\n2026-11-23 10:00:02 WARN slow request (312 ms)\n',
  'Name\tAge\tCity\nAda\t36\tLondon\nAlan\t41\tWilmslow\n',
  'Warum einfach, wenn es auch kompliziert geht? Das fragte er (zum dritten Mal); niemand antwortete.',
  '今日はいい天気ですね。明日も晴れるといいな。',
  'Meeting notes: class starts at 9, function room B, return tickets booked. From: Bob. Import: none.',
  'In Go we trust; package delivered, func not included.',
  '[1] See chapter 3.',
  '{ this is not json }',
  'a = b',
  'x',
  '',
])('prose is no code: %j', (sample) => {
  expect(guessLanguage(sample)).toBeUndefined();
});
