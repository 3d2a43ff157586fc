import { sharedStates } from './states/shared.js';
import { lookAt } from './support/look.js';

lookAt(sharedStates);
