import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Change, Condition } from '../domain/change.ts';

/** The parts of an `UpdateItem` that say what is changed, and when. */
export interface UpdateExpressions {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

/** Translates a change into DynamoDB's expressions. Every name is aliased, since many of ours are reserved words. */
export function expressionsOf(change: Change): UpdateExpressions {
  const aliases = new Aliases();
  const condition = conditionOf(change.when, aliases);
  const sets = Object.entries(change.set).map(([name, value]) => `${aliases.name(name)} = ${aliases.value(value)}`);
  const once = Object.entries(change.setOnce ?? {}).map(
    ([name, value]) => `${aliases.name(name)} = if_not_exists(${aliases.name(name)}, ${aliases.value(value)})`,
  );
  const adds = Object.entries(change.increment ?? {}).map(([name, by]) => `${aliases.name(name)} ${aliases.value(by)}`);
  const removes = (change.remove ?? []).map((name) => aliases.name(name));
  const clauses = [clause('SET', [...sets, ...once]), clause('ADD', adds), clause('REMOVE', removes)];
  return {
    UpdateExpression: clauses.filter((text) => text !== '').join(' '),
    ConditionExpression: condition,
    ExpressionAttributeNames: aliases.names,
    ExpressionAttributeValues: marshall(aliases.values, { removeUndefinedValues: true }),
  };
}

function conditionOf(condition: Condition, aliases: Aliases): string {
  switch (condition.op) {
    case 'equal':
      return `${aliases.name(condition.attribute)} = ${aliases.value(condition.value)}`;
    case 'below':
      return `${aliases.name(condition.attribute)} < ${aliases.value(condition.value)}`;
    case 'absent':
      return `attribute_not_exists(${aliases.name(condition.attribute)})`;
    case 'present':
      return `attribute_exists(${aliases.name(condition.attribute)})`;
    case 'all':
      return `(${condition.of.map((part) => conditionOf(part, aliases)).join(' AND ')})`;
    case 'any':
      return `(${condition.of.map((part) => conditionOf(part, aliases)).join(' OR ')})`;
  }
}

function clause(keyword: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${keyword} ${parts.join(', ')}`;
}

class Aliases {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  #count = 0;

  name(attribute: string): string {
    this.names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  }

  value(value: unknown): string {
    const alias = `:v${this.#count}`;
    this.#count += 1;
    this.values[alias] = value;
    return alias;
  }
}
