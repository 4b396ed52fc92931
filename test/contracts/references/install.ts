import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { STATE } from '../../../local/paths.ts';

const run = promisify(execFile);
const FOLDER = `${STATE}/references`;
export const DYNAMODB_LOCAL = 'com.amazonaws:DynamoDBLocal:2.6.1';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * The jars of a Maven artifact and of all that it needs, in a folder of their own; fetched once.
 *
 * @param coordinates - `group:artifact:version`
 */
export function mavenJars(coordinates: string): Promise<string> {
  return installed(coordinates.replaceAll(':', '_'), async (draft) => {
    const [group, artifact, version] = coordinates.split(':');
    const dependency = `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
    const own =
      '<modelVersion>4.0.0</modelVersion><groupId>quire</groupId><artifactId>references</artifactId><version>1</version>';
    const pom = `${draft}/pom.xml`;
    await writeFile(
      pom,
      `<project xmlns="http://maven.apache.org/POM/4.0.0">${own}<dependencies>${dependency}</dependencies></project>`,
    );
    await run('mvn', ['-q', '-B', '-f', pom, COPY, `-DoutputDirectory=${draft}`, '-DincludeScope=runtime']);
  });
}

/** The folder with the program of a Go package; built once. */
export function goProgram(packageAtVersion: string): Promise<string> {
  return installed(packageAtVersion.replaceAll('/', '_'), async (draft) => {
    await run('go', ['install', packageAtVersion], { env: { ...process.env, GOBIN: draft } });
  });
}

/** Builds beside the final place and renames, so that half an installation is never used. */
async function installed(name: string, install: (draft: string) => Promise<void>): Promise<string> {
  const folder = `${FOLDER}/${name}`;
  if (existsSync(folder)) return folder;
  await mkdir(FOLDER, { recursive: true });
  const draft = await mkdtemp(`${FOLDER}/draft-`);
  try {
    await install(draft);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
