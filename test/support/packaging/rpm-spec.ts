import { readFileSync } from 'node:fs';

/** What a package says about itself; scripts are paths of files. */
export interface PackageOptions {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly maintainer: string;
  readonly url: string;
  readonly license: string;
  readonly description: string;
  /** One line, for an rpm. */
  readonly summary?: string;
  /** The section of a deb, the group of an rpm. */
  readonly category?: string;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  readonly suggests: readonly string[];
  readonly afterInstall: string;
  readonly afterRemove: string;
}

/**
 * A spec file for files that are in the build root already.
 * @param files absolute paths in the package
 * @param payload how rpm compresses, as `_binary_payload`
 */
export function specFile(
  options: PackageOptions,
  files: readonly string[],
  payload: string,
): string {
  const { name, version, summary, description } = options;
  return [
    `%define _binary_payload ${payload}`,
    '%define _build_id_links none',
    // The binaries are shipped as they are: neither stripped nor compressed nor scanned.
    '%define __os_install_post %{nil}',
    '%define debug_package %{nil}',
    // As electron-builder gives them.
    'AutoReqProv: no',
    // The same package each time.
    '%define _buildhost reproducible',
    '%define use_source_date_epoch_as_buildtime 1',
    '%define clamp_mtime_to_source_date_epoch 1',
    `Name: ${name}`,
    `Version: ${version.replaceAll('-', '~')}`,
    'Release: 1',
    `Summary: ${summary ?? description.split('\n')[0]}`,
    `License: ${options.license}`,
    `URL: ${options.url}`,
    `Packager: ${options.maintainer}`,
    ...options.depends.map((depends) => `Requires: ${depends}`),
    '',
    '%description',
    escaped(description),
    '',
    '%post',
    escaped(readFileSync(options.afterInstall, 'utf8')),
    '%postun',
    escaped(readFileSync(options.afterRemove, 'utf8')),
    '%files',
    '%defattr(-,root,root,-)',
    // In quotes, because names have spaces; rpm still expands `%`.
    ...files.map((file) => `"${escaped(file)}"`),
    '',
  ].join('\n');
}

/** `%` begins a macro. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}
