import { Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const KEY = 'quire:service';

/**
 * Names the service that is made in this scope by its place in the tree, such as `Quire-prod`: metrics, alarms and the
 * dashboard of two services in one account differ by it.
 */
export function nameService(scope: Construct): void {
  scope.node.setContext(KEY, Names.uniqueResourceName(scope, { maxLength: 60, allowedSpecialCharacters: '-' }));
}

/** The name of the service that this construct belongs to. */
export function serviceNameOf(scope: Construct): string {
  return scope.node.getContext(KEY);
}
