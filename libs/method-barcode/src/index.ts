export { barcode } from './barcode.js';
