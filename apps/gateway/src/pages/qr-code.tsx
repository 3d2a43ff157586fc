import { raw } from 'hono/html';
import QRCode from 'qrcode';

/** The modules of white that the standard wants around a code (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A code as a drawing: dark on white in every theme, because scanners want it so. */
export async function qrDrawing(content: string): Promise<string> {
  return QRCode.toString(content, { type: 'svg', margin: QUIET_ZONE, errorCorrectionLevel: 'M' });
}

/** `drawing` comes from `qrDrawing`; `label` says what it is for. */
export function QrCode({ drawing, label }: { drawing: string; label: string }) {
  return (
    <div class="qr" role="img" aria-label={label}>
      {raw(drawing)}
    </div>
  );
}
