/** Calm, dense, readable at 320 px: the tables scroll, the page does not. Colours are tokens, light and dark. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#1c2024;--quiet:#5b6472;--line:#dfe3e8;--good:#0b6b3a;--good-ground:#e2f5ea;--fair:#7a4b00;--fair-ground:#fdf0d5;--bad:#a1201b;--bad-ground:#fde7e5}
@media (prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1d2125;--ink:#e8eaed;--quiet:#a3adb8;--line:#353b42;--good:#7fdca4;--good-ground:#143524;--fair:#f2c572;--fair-ground:#3a2c0d;--bad:#ff9d96;--bad-ground:#42191a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 -apple-system,BlinkMacSystemFont,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif}
main{max-width:1200px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:28px;font-weight:600;margin:0;font-variant-numeric:tabular-nums}
h2{font-size:18px;font-weight:600;margin:32px 0 8px}
p{margin:4px 0}
.quiet{color:var(--quiet)}
small{display:block;font-size:13px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(132px,1fr));gap:8px;margin:24px 0 0}
.figures div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:12px 16px}
dt{color:var(--quiet);font-size:14px}
dd{margin:0;font-size:24px;font-weight:600;font-variant-numeric:tabular-nums}
dd.bad{color:var(--bad)}
.scroll{overflow:auto;max-height:80vh;background:var(--card);border:1px solid var(--line);border-radius:12px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:start;vertical-align:top;padding:12px 16px;border-bottom:1px solid var(--line);font-weight:400;white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
thead th{position:sticky;top:0;background:var(--card);color:var(--quiet);font-size:14px;z-index:1}
tbody th{font-weight:600}
tbody th small{font-weight:400}
.number{text-align:end}
.mark{display:inline-block;border-radius:8px;padding:0 8px;font-size:14px;line-height:24px}
.good{color:var(--good);background:var(--good-ground)}
.fair{color:var(--fair);background:var(--fair-ground)}
.bad.mark{color:var(--bad);background:var(--bad-ground)}
.gone>*{color:var(--quiet)}
.id{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:inherit;background:none;border:0;padding:0;min-height:24px;display:block;cursor:copy;text-align:start;overflow-wrap:anywhere}
header .id{display:inline}
.id:hover{text-decoration:underline}
:focus-visible{outline:2px solid currentColor;outline-offset:2px;border-radius:4px}
.empty{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:32px 16px;text-align:center;color:var(--quiet)}
#copied{position:fixed;inset-block-end:16px;inset-inline:0;text-align:center;pointer-events:none}
`;

/** Ids copy on click; where the page may not write to the clipboard, they are selected instead. */
export const COPY_SCRIPT = `document.addEventListener('click',async(event)=>{const id=event.target.closest('[data-copy]');if(!id)return;const said=document.getElementById('copied');try{await navigator.clipboard.writeText(id.dataset.copy);said.textContent=said.dataset.said;setTimeout(()=>{said.textContent=''},1500)}catch{getSelection().selectAllChildren(id)}})`;
