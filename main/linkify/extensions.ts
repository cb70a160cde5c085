/**
 * The closed list of file types that the Linkify API takes as `ext`: ClassificationSpecificEnum of
 * the official SDK (npm @pieces.app/pieces-os-client 4.1.0), without UNKNOWN. A contract test
 * compares the two.
 */
const PLAIN = `
  csx cs html htm shtml xhtml hs hs-boot hsig cpp cc cp cxx c h hh hpp hxx inl ipp ixx cppm csv
  doc docm docx exe gif ico jpe jpeg jpg jpgm jpgv log mp2 mp2a mp3 mp4 mp4a oga ogg ogv ogx ppt
  pptx pptm qt text tif tiff txt wav weba webm webp xla xlam xlc xlm xls xlsb xlsm xlsx xlt xltm
  xltx pdf png rpm zip woff woff2 svgz bin bmp eot gz jar mpkg ai eps dmg list rtx uri uris urls
  css dart java bsh js jsx mjs htc json ipynb gltf jsonml ps ssml wasm rtf cco pl pc pm pmc pod
  t xml tld dtml rng rss opml svg xaml sublime-snippet tmLanguage tmPreferences tmSnippet
  tmTheme csproj fsproj sqlproj vbproj vcproj vcxproj dae props targets xsd xsl xslt ecma node
  php php3 php4 php5 php7 php8 phps phpt phtml py py3 pyw pyi pyx pyx.in pxd pxd.in pxi pxi.in
  rpy cpy gyp gypi vpy smk wscript bazel bzl pyc class p pas curl mcurl go swift rs ts tsx rb
  rbi rbx rjs rabl rake capfile jbuilder gemspec podspec irbrc pryrc prawn thor Appfile
  Appraisals Berksfile Brewfile Cheffile Deliverfile Fastfile Gemfile Guardfile Podfile Rakefile
  Rantfile Scanfile simplecov Snapfile Thorfile Vagrantfile scala sbt sc cmd bat coffee erl hrl
  escript lua luau md mdown mdwn markdown markdn matlab m ps1 sh bash bashrc ash zsh
  .bash_aliases .bash_completions .bash_functions .bash_login .bash_logout .bash_profile
  .bash_variables .profile .textmate_init .zlogin .zlogout .zprofile .zshenv .zshrc PKGBUILD
  ebuild eclass r sql ddl dml tex ltx sty cls yaml yml toml tml Cargo.lock Gopkg.lock Pipfile
  poetry.lock uniform_resource_locator custom_url_scheme unix_file_path windows_file_path
  uniform_resource_identifier groovy kt el clj ex adb ads agda elm exs glsl ml lean lisp rkt
  sparql vhdl zig dockerfile f03 f08 f18 f90 f95 jl mm scm sol sv asp cfm fs fsi fsx tf vba
  svelte vue scss feature ini ftl hcl abap nim cara
`;

/** The list's second half: highlight.js' language names, each with `hljs-` before it. */
const HIGHLIGHT = `
  1c abnf accesslog actionscript ada angelscript apache applescript arcade arduino armasm
  asciidoc aspectj autohotkey autoit avrasm awk axapta bash basic bnf brainfuck cal capnproto
  ceylon clean clojure-repl clojure cmake coffeescript coq cos cpp crmsh crystal c cs csp css d
  dart delphi diff django dns dockerfile dos dsconfig dts dust ebnf elixir elm erb erlang-repl
  erlang excel fix flix fortran fsharp gams gauss gcode gherkin glsl gml go golo gradle groovy
  haml handlebars haskell haxe hsp htmlbars http hy inform7 ini irpf90 isbl java javascript
  jboss-cli json julia-repl julia kotlin lasso ldif leaf less lisp livecodeserver livescript
  llvm lsl lua makefile markdown mathematica matlab maxima mel mercury mipsasm mizar mojolicious
  monkey moonscript n1ql nginx nimrod nix nsis objectivec ocaml openscad oxygene parser3 perl pf
  pgsql php plaintext pony powershell processing profile prolog properties protobuf puppet
  purebasic python q qml r reasonml rib roboconf routeros rsl ruby ruleslanguage rust sas scala
  scheme scilab scss shell smali smalltalk sml sqf sql stan stata step21 stylus subunit swift
  taggerscript tap tcl tex thrift tp twig typescript vala vbnet vbscript-html vbscript verilog
  vhdl vim x86asm xl xml xquery yaml toml zephir html
`;

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** All values that may stand in `ext`, made when first asked for. */
export function knownExtensions(): ReadonlySet<string> {
  return new Set([...words(PLAIN), ...words(HIGHLIGHT).map((name) => `hljs-${name}`)]);
}
