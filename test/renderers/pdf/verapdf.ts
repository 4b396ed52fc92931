import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hasTool } from '../../support/tools.ts';
import { type Pdf, saved } from './support.ts';

/** From Maven Central, by `mvn dependency:copy` (see `.ci/run`). */
const JAR = '.local/verapdf/greenfield-apps-1.28.2.jar';

export const VERAPDF = existsSync(JAR) && hasTool('java');

/** The rules of a standard that files break, by name of the file. @param standard `ua1` or `2b` */
export function violations(standard: 'ua1' | '2b', files: Record<string, Pdf>): Record<string, string[]> {
  const paths = Object.entries(files).map(([name, { bytes }]) => ({ name, path: saved(bytes) }));
  const report = validate(
    standard,
    paths.map(({ path }) => path),
  );
  const jobs = report.match(/<job>.*?<\/job>/gs) ?? [];
  return Object.fromEntries(paths.map(({ name }, i) => [name, brokenRules(jobs[i] ?? '')]));
}

function validate(standard: string, paths: readonly string[]): string {
  const command = ['-cp', JAR, 'org.verapdf.apps.GreenfieldCliWrapper', '-f', standard, '--format', 'xml', ...paths];
  try {
    return execFileSync('java', command, { stdio: 'pipe', maxBuffer: 1 << 26 }).toString();
  } catch (error) {
    // It ends with 1 where a file is not compliant; the report tells why.
    return String((error as { stdout?: Buffer }).stdout ?? '');
  }
}

function brokenRules(job: string): string[] {
  if (!/isCompliant="(true|false)"/.test(job)) return ['veraPDF could not read the file'];
  const failed = job.matchAll(/<rule [^>]*clause="([^"]*)" testNumber="(\d+)" status="failed".*?<\/rule>/gs);
  return Array.from(failed, ([rule, clause, test]) => {
    const message = /<errorMessage>(.*?)<\/errorMessage>/s.exec(rule)?.[1] ?? '';
    return `${clause}-${test}: ${message}`;
  });
}
