import { shopStates } from '../states/shops.js';
import { takePictures } from '../support/pictures.js';

takePictures(shopStates);
