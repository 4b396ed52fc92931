import { Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Config } from '../../config.ts';
import { serviceNameOf } from '../service-name.ts';
import { Alarms, type Waking } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { Measured, type Watched } from './measured.ts';

export interface WatchProps {
  readonly config: Config;
  readonly watched: Watched;
  /** Where alarms go; a topic of its own, unless one is given. */
  readonly topic?: ITopic | undefined;
}

/** Alarms, whom they tell, and the dashboard. */
export class Watch extends Construct {
  readonly topic: ITopic;
  readonly alarms: readonly Waking[];

  constructor(scope: Construct, id: string, { config, watched, topic }: WatchProps) {
    super(scope, id);
    const service = serviceNameOf(this);
    const measured = new Measured(service, watched);
    this.topic = topic ?? this.makeTopic(config);
    this.alarms = new Alarms(this, 'Alarms', { service, measured, config }).waking;
    for (const alarm of this.alarms) {
      alarm.addAlarmAction(new SnsAction(this.topic));
      alarm.addOkAction(new SnsAction(this.topic));
    }
    new Dashboard(this, 'Dashboard', service, measured);
  }

  private makeTopic({ alarmEmail }: Config): Topic {
    const topic = new Topic(this, 'Topic', { displayName: `Alarms of ${serviceNameOf(this)}`, enforceSSL: true });
    // A policy of one's own takes the place of the one by which the account's alarms may publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMayPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (alarmEmail !== '') topic.addSubscription(new EmailSubscription(alarmEmail));
    return topic;
  }
}
