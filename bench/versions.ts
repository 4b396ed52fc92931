import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PEERS } from './folders.ts';

/** Reads the version of a library from one kind of list, to be told beside its figures. */
type VersionReader = (library: string) => string;

/** @param crate a folder of {@link PEERS} */
export function cargoVersion(crate: string): VersionReader {
  return (library) => found(`${PEERS}/${crate}/Cargo.lock`, `name = "${quoted(library)}"\nversion = "([^"]+)"`);
}

export const goVersion: VersionReader = (library) => found(`${PEERS}/go/go.mod`, `${quoted(library)} v(\\S+)`);

export const npmVersion: VersionReader = (library) => found(`${PEERS}/package.json`, `"${quoted(library)}": "([^"]+)"`);

export const mavenVersion: VersionReader = (library) =>
  found(`${PEERS}/java/pom.xml`, `<artifactId>${quoted(library)}</artifactId>\\s*<version>([^<]+)<`);

/** @param list a file of {@link PEERS}`/python` */
export function pipVersion(list = 'requirements.txt'): VersionReader {
  return (library) => found(`${PEERS}/python/${list}`, `(?:^|\n)${quoted(library)}==(\\S+)`);
}

/** Of a library that the system's own packages brought. */
export const systemVersion: VersionReader = (library) => {
  const status = execFileSync('dpkg', ['-s', library], { encoding: 'utf8' });
  return /^Version: ([^+~-]+)/m.exec(status)?.[1] ?? '';
};

function found(file: string, pattern: string): string {
  const version = new RegExp(pattern, 'i').exec(readFileSync(file, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${file} names no version for /${pattern}/`);
  return version;
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
