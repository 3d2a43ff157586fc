import { StateMark } from './state-mark.js';

export interface SignInFailedWords {
  readonly title: string;
  readonly text: string;
  readonly back: string;
}

/** The wallet's sign-in answered something that this browser did not ask. `href` is where to begin again. */
export function signInFailed(words: SignInFailedWords, href: string) {
  return [
    <section class="state">
      <StateMark drawing="closed" />
      <h1>{words.title}</h1>
      <p class="muted">{words.text}</p>
    </section>,
    <div class="actions">
      <a class="button" id="back" href={href}>
        {words.back}
      </a>
    </div>,
  ];
}
