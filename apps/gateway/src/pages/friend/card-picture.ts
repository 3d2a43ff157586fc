import QRCode from 'qrcode';
import { contrast } from '../brand.js';

const SIDE_PIXELS = 480;
const QUIET_ZONE = 4;
const INK = '#17191c';

/** The picture of a card in a chat: the link as a code in the app's colour, where that is dark enough to be scanned. PNG. */
export async function cardPicture(url: string, colour: string): Promise<Buffer> {
  const dark = /^#[0-9a-f]{6}$/i.test(colour) && contrast(colour, '#ffffff') >= 4.5 ? colour : INK;
  return QRCode.toBuffer(url, {
    type: 'png',
    width: SIDE_PIXELS,
    margin: QUIET_ZONE,
    errorCorrectionLevel: 'M',
    color: { dark, light: '#ffffff' },
  });
}
