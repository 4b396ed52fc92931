import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../support/alarms/evaluate.ts';
import { resources, templateOf } from '../synthesis.ts';

const prod = templateOf('prod');
const names = [
  ...resources(prod, 'AWS::CloudWatch::Alarm').filter(([, { Properties }]) => Properties.AlarmActions),
  ...resources(prod, 'AWS::CloudWatch::CompositeAlarm'),
].map(([, { Properties }]) => nameOf(Properties));

describe('the runbook', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const sections = runbook
    .split(/^## /m)
    .slice(1)
    .map((section) => section.split('\n'));
  const alarms = sections.filter(([heading = '']) => /^[A-Z]\w+[a-z]$/.test(heading) && !heading.includes(' '));

  it('has a heading for each alarm and no other', () => {
    expect(alarms.map(([heading]) => heading).sort()).toEqual([...names].sort());
  });

  it.each(alarms.map(([heading = '', ...lines]) => [heading, lines.join('\n')]))(
    'tells of %s what it means, where to look, how to mend it, and what becomes of the jobs',
    (_heading, body) => {
      for (const part of ['**Meaning.**', '**Look.**', '**Fix.**', '**Redrive.**']) expect(body).toContain(part);
    },
  );

  it('names no output and no function that the stack does not have', () => {
    const outputs = Object.keys(prod.findOutputs('*'));
    const named = [...runbook.matchAll(/\$\(output (\w+)\)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(outputs).toContain(name);
  });
});
