import { cashierStates } from '../states/cashier.js';
import { takePictures } from '../support/pictures.js';

takePictures(cashierStates);
