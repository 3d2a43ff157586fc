import type { AppConfig } from '@hutong/payment-core';
import type { Language } from '../http/language.js';

/** Whose page it is. */
export function AppHead({ app, language }: { app: Pick<AppConfig, 'name' | 'branding'>; language: Language }) {
  return (
    <header class="app">
      <span class="app-mark" aria-hidden="true">
        {app.branding.mark}
      </span>
      <span class="app-name">{app.name[language]}</span>
    </header>
  );
}
