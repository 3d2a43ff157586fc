import { escapeHtml } from '../frame/html.js';

/** A page of the sandbox; `body` is HTML that is escaped already. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem}
.sandbox{background:#1677ff;color:#fff;padding:.1rem .5rem}.amount{font-size:2rem;margin:.5rem 0}
button{font:inherit;width:100%;padding:.7rem;border:0;background:#1677ff;color:#fff}</style></head>
<body><p><strong class="sandbox">SANDBOX</strong> ${escapeHtml(title)}</p>
${body}
</body></html>
`;
}
