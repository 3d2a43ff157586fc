import { create } from 'qrcode';
import { html, type Markup } from '../frame/html.js';

/** Modules of white around a code, as scanners want them. */
const QUIET = 4;

/** A QR code as inline SVG, black on white whatever the page's colours are. */
export function qrDrawing(text: string, label: string): Markup {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const side = size + 2 * QUIET;
  const squares = Array.from({ length: size * size }, (_, at) => at)
    .filter((at) => modules.data[at])
    .map((at) => `M${(at % size) + QUIET} ${Math.floor(at / size) + QUIET}h1v1h-1z`);
  return html`<svg
    class="qr"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${side} ${side}"
    shape-rendering="crispEdges"
  >
    <path fill="#fff" d="M0 0h${side}v${side}H0z" />
    <path d="${squares.join('')}" />
  </svg>`;
}
