import { shopStates } from './states/shops.js';
import { lookAt } from './support/look.js';

lookAt(shopStates);
