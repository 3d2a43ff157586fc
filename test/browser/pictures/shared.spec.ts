import { sharedStates } from '../states/shared.js';
import { takePictures } from '../support/pictures.js';

takePictures(sharedStates);
