import { cashierStates } from './states/cashier.js';
import { lookAt } from './support/look.js';

lookAt(cashierStates);
