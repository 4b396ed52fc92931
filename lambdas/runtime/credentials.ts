import { fromEnv } from '@aws-sdk/credential-provider-env';

/** Stands in for the SDK's chain of providers in a bundle: Lambda and its emulators hand credentials over as variables. */
export const defaultProvider = fromEnv;
