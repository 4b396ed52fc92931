import type { Board, Sequence } from '../model.ts';
import { components } from './components.ts';
import { context } from './context.ts';
import { deployment } from './deployment.ts';
import { flows } from './flows.ts';
import { states } from './states.ts';

export const BOARDS: readonly Board[] = [context, components, deployment, states];
export const SEQUENCES: readonly Sequence[] = flows;
