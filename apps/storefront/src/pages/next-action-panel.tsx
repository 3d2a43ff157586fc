import type { Attempt } from '@hutong/client';
import QRCode from 'qrcode';
import type { Reader } from '../reader.js';
import { wordsIn } from './texts.js';

/** What the payer does next with a way to pay that was chosen on the shop's own page. */
export function NextActionPanel({ reader, attempt }: { readonly reader: Reader; readonly attempt: Attempt }) {
  const words = wordsIn(reader.lang);
  const action = attempt.next_action;
  if (attempt.status === 'unknown') return <p role="status">{words.attemptUnknown}</p>;
  switch (action.type) {
    case 'redirect':
      return <WalletLink url={action.url} form={action.form} label={words.continueAtWallet} />;
    case 'show_qr_code':
      return <ScanCode content={action.content} words={words} />;
    case 'share_link':
      return <WalletLink url={action.url} form={undefined} label={action.text} />;
    case 'await_payer':
      return <p>{words.confirmInWallet}</p>;
    case 'invoke_sdk':
      return <p>{words.inAppOnly}</p>;
    case 'none':
      return <></>;
  }
}

interface WalletLinkProps {
  readonly url: string;
  readonly form: Readonly<Record<string, string>> | undefined;
  readonly label: string;
}

/** Web addresses only. */
function WalletLink({ url, form, label }: WalletLinkProps) {
  if (!/^https?:\/\//.test(url)) return <></>;
  if (form === undefined) {
    return (
      <a class="primary" href={url}>
        {label}
      </a>
    );
  }
  return (
    <form method="post" action={url}>
      {Object.entries(form).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="primary">{label}</button>
    </form>
  );
}

/** Dark on white in both schemes, with the quiet zone that scanners need. */
function ScanCode({ content, words }: { readonly content: string; readonly words: ReturnType<typeof wordsIn> }) {
  const { modules } = QRCode.create(content, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const size = modules.size + 2 * quiet;
  return (
    <figure class="scan">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.scan}>
        <rect width={String(size)} height={String(size)} fill="#fff" />
        <path fill="#000" d={squares(modules, quiet)} shape-rendering="crispEdges" />
      </svg>
      <figcaption>{words.scan}</figcaption>
      <label>
        {words.codeText}
        <input readonly value={content} />
      </label>
    </figure>
  );
}

function squares(modules: QRCode.BitMatrix, quiet: number): string {
  const { size, data } = modules;
  return Array.from(data, (dark, at) =>
    dark ? `M${(at % size) + quiet} ${Math.floor(at / size) + quiet}h1v1h-1z` : '',
  ).join('');
}
