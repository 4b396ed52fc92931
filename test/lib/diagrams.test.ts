import { describe, expect, it } from 'vitest';
import { configFor } from '../../lib/config.ts';
import { components } from '../../local/diagrams/sources/components.ts';
import { deployment } from '../../local/diagrams/sources/deployment.ts';
import { FUNCTIONS, type Statement, templateOf, text } from './synthesis.ts';

/** Kinds of resources of which each has a card of its own. */
const DRAWN = new Set([
  'AWS::ApiGateway::RestApi',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** Kinds that are part of what is drawn: by what they belong to. A kind that is in neither list turns this test red. */
const PART_OF: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'the role by which the API writes its log',
  'AWS::ApiGateway::Deployment': 'the API',
  'AWS::ApiGateway::GatewayResponse': 'the answers of the API to what reaches no function',
  'AWS::ApiGateway::Method': 'the API; each is drawn as a route',
  'AWS::ApiGateway::Resource': 'the API',
  'AWS::ApiGateway::Stage': 'the API',
  'AWS::CloudWatch::Alarm': 'the card of the alarms; docs/runbook.md lists them',
  'AWS::CloudWatch::CompositeAlarm': 'the card of the alarms',
  'AWS::CloudWatch::Dashboard': 'the card of the alarms',
  'AWS::IAM::Policy': 'a function; what it allows is drawn on the card',
  'AWS::IAM::Role': 'a function',
  'AWS::Lambda::EventInvokeConfig': 'a function',
  'AWS::Lambda::EventSourceMapping': 'an arrow from a queue or a stream to a function',
  'AWS::Lambda::Permission': 'a function',
  'AWS::Logs::LogGroup': 'a function, or the API',
  'AWS::S3::BucketPolicy': 'the bucket',
  'AWS::SNS::TopicPolicy': 'the topic',
  'AWS::SQS::QueuePolicy': 'a queue',
};

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes
  readonly Properties: Record<string, any>;
}

const resources: [id: string, resource: Resource][] = Object.entries(templateOf('prod').toJSON().Resources);
const ofType = (type: string): typeof resources => resources.filter(([, { Type }]) => Type === type);
const cards = components.cards.filter(({ resource }) => resource !== undefined);

/** The card of a logical id: the longest start wins, since one name may begin another. */
function cardOf(logicalId: string): string | undefined {
  const fitting = cards.filter(({ resource = '' }) => logicalId.startsWith(resource));
  return fitting.sort((a, b) => (b.resource as string).length - (a.resource as string).length)[0]?.id;
}

describe('the diagram of components', () => {
  it('knows every kind of resource of the stack', () => {
    const kinds = new Set(resources.map(([, { Type }]) => Type));
    expect([...kinds].filter((kind) => !DRAWN.has(kind) && !(kind in PART_OF))).toEqual([]);
    expect([...DRAWN, ...Object.keys(PART_OF)].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('shows each resource once, and nothing that is not in the stack', () => {
    const drawn = resources.filter(([, { Type }]) => DRAWN.has(Type));
    expect(drawn.map(([id]) => cardOf(id)).sort()).toEqual(cards.map(({ id }) => id).sort());
    expect(ofType('AWS::Lambda::Function')).toHaveLength(FUNCTIONS.length);
  });

  it('has an arrow for each event source, and each rule', () => {
    const sources = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => [
      cardOf(idIn(text(Properties.EventSourceArn))),
      cardOf(idIn(text(Properties.FunctionName))),
    ]);
    const rules = ofType('AWS::Events::Rule').map(([id, { Properties }]) => [
      cardOf(id),
      cardOf(idIn(text(Properties.Targets[0].Arn))),
    ]);
    const arrows = components.arrows.map(({ from, to }) => `${from} ${to}`);
    for (const pair of [...sources, ...rules]) expect(arrows).toContain(pair.join(' '));
  });

  it('shows each route, and leads it to its function', () => {
    const routes = new Map(components.cards.filter(({ kind }) => kind === 'route').map(({ id, title }) => [id, title]));
    const drawn = components.arrows.flatMap(({ from, to }) =>
      routes.has(from) ? [`${routes.get(from)} -> ${to}`] : [],
    );
    const made = ofType('AWS::ApiGateway::Method').map(([, { Properties }]) => {
      const target = cardOf(idIn(text(Properties.Integration.Uri).replace(/^.*functions\//, '')));
      return `${Properties.HttpMethod} ${pathOf(text(Properties.ResourceId))} -> ${target}`;
    });
    expect(drawn.sort()).toEqual(made.sort());
  });

  it('says on each function what its role may touch', () => {
    const lambdas = cards.filter(({ kind }) => kind === 'lambda');
    const drawn = Object.fromEntries(lambdas.map(({ id, uses = {} }) => [id, uses]));
    const allowed = Object.fromEntries(lambdas.map(({ id }) => [id, usesOf(id)]));
    expect(drawn).toEqual(allowed);
  });
});

const idIn = (reference: string): string => /\$\{([A-Za-z0-9]+)/.exec(reference)?.[1] ?? '';

/** The path of a resource of the API, from its parents. */
function pathOf(reference: string): string {
  const found = ofType('AWS::ApiGateway::Resource').find(([id]) => id === idIn(reference));
  if (!found) return '';
  const { PathPart, ParentId } = found[1].Properties;
  return `${pathOf(text(ParentId))}/${PathPart}`;
}

const ACTIONS: readonly [letter: string, actions: RegExp][] = [
  ['r', /:(Get(Item|Object|SecretValue)|BatchGetItem|Query)/],
  ['w', /:(Put|Update|Delete(Item|Object)|SendMessage|AbortMultipart|Publish)/],
  ['c', /:(ReceiveMessage|GetRecords)/],
];

/** What the role of a function allows, by the cards that it names: logs and traces are part of the function. */
function usesOf(card: string): Record<string, string> {
  const letters = new Map<string, Set<string>>();
  for (const [id, { Properties }] of ofType('AWS::IAM::Policy')) {
    if (cardOf(id) !== card) continue;
    for (const { Action, Resource } of Properties.PolicyDocument.Statement as Statement[]) {
      for (const target of [Resource].flat().map(text)) {
        const to = target.includes(':event-bus/') ? 'bus' : cardOf(idIn(target));
        if (to === undefined || to === card) continue;
        const found = letters.get(to) ?? new Set();
        for (const [letter, actions] of ACTIONS)
          if ([Action].flat().some((each) => actions.test(each))) found.add(letter);
        letters.set(to, found);
      }
    }
  }
  const order = ACTIONS.map(([letter]) => letter);
  return Object.fromEntries(
    [...letters]
      .filter(([, found]) => found.size > 0)
      .map(([to, found]) => [to, order.filter((letter) => found.has(letter)).join('')]),
  );
}

it('the numbers in the diagram of deployment are those of prod', () => {
  const { worker, requestsPerSecond, requestBurst, http, workerMemoryMb, maxConcurrency, ...config } =
    configFor('prod');
  const { sweeper, deadLetter, callbacks, queue, reportRetentionDays, datasetRetentionDays } = config;
  const duty = (id: string): string => deployment.cards.find((card) => card.id === id)?.duty ?? '';
  const days = (seconds: number): number => seconds / 86_400;
  expect(duty('rest')).toContain(`${requestsPerSecond} requests/s, burst ${requestBurst}`);
  expect(duty('front')).toContain(`${http.timeout} s each`);
  expect(duty('workers')).toBe(
    `${workerMemoryMb} MB = one vCPU, ${worker.timeout} s; at most ${maxConcurrency} at once, reserved`,
  );
  expect(worker.reservedConcurrency).toBe(maxConcurrency);
  expect(duty('rescuers')).toContain(`${sweeper.timeout} s and ${deadLetter.timeout} s`);
  expect(duty('tellers')).toContain(`${callbacks.timeout} s each; at most ${callbacks.maxConcurrency} callbacks`);
  expect(duty('s3')).toContain(`reports ${reportRetentionDays} days, uploads ${datasetRetentionDays}`);
  expect(duty('sqs')).toContain(`jobs ${days(queue.retention)} days, dead letters ${days(queue.deadLetterRetention)}`);
  expect(duty('events')).toBe(`every ${sweeper.interval} s`);
});
