import type { Language } from '../../http/language.js';
import { LINK_COPY } from './copy.js';
import { StepDrawing, type Step } from './step-drawing.js';

/** Where the copied address is to be opened: any browser, or one that goes on to this wallet. */
export type CopyFor = 'browser' | 'wechat_pay' | 'alipay';

const DRAWN: Readonly<Record<CopyFor, readonly Step[]>> = {
  browser: ['copy', 'browser', 'paste'],
  wechat_pay: ['copy', 'browser', 'pay'],
  alipay: ['copy', 'browser', 'pay'],
};

/** A field that can be selected without JavaScript, one button that copies it with JavaScript, and three steps. */
export function CopyAddress({ url, language, goal }: { url: string; language: Language; goal: CopyFor }) {
  const { steps } = LINK_COPY[language].copyAddress;
  return (
    <>
      <CopyField url={url} language={language} />
      <ol class="steps">
        {steps[goal].map((text, index) => (
          <li>
            <StepDrawing step={DRAWN[goal][index] ?? 'copy'} />
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

export function CopyField({ url, language, plain = false }: { url: string; language: Language; plain?: boolean }) {
  const { field, copy, copied, byHand } = LINK_COPY[language].copyAddress;
  const words = { button: copy, copied, byHand };
  return <CopiedText id="address" label={field} text={url} plain={plain} {...words} />;
}

export interface CopiedTextProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly button: string;
  readonly copied: string;
  readonly byHand: string;
  readonly plain?: boolean;
}

export function CopiedText({ id, label, text, button, copied, byHand, plain = false }: CopiedTextProps) {
  return (
    <div class="copied-text">
      <label class="small muted" for={id}>
        {label}
      </label>
      <input class="address" id={id} type="text" value={text} readonly spellcheck={false} />
      <button
        class={plain ? 'button plain' : 'button'}
        type="button"
        data-copy={id}
        data-copied={copied}
        data-by-hand={byHand}
        hidden
      >
        {button}
      </button>
      <p class="aside" role="status" id={`${id}-news`}></p>
    </div>
  );
}
