/**
 * The one stylesheet of all pages, phone first. ASCII only: one wire's error page is GBK, and the page's policy names these
 * bytes by their hash.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#f3f4f6;--card:#fff;--ink:#17191c;--quiet:#5a6068;--line:#d9dce1;--field:#fff;
--hue:#3b4350;--action:#3b4350;--alarm:#b3261e;--alarm-ground:#fdeceb;--badge:#ffe08a;--badge-ink:#4a3300}
.wechat_pay{--hue:#067f42;--action:#067f42}
.alipay{--hue:#1261d6;--action:#1261d6}
.wallet{--hue:#b3213a;--action:#b3213a}
@media (prefers-color-scheme:dark){:root{--ground:#0f1114;--card:#1a1d21;--ink:#eceef1;--quiet:#a5acb6;--line:#363b43;
--field:#121417;--alarm:#ffb4ab;--alarm-ground:#3d1815;--badge:#5c4500;--badge-ink:#ffe9ad}}
*{box-sizing:border-box}
body{margin:0;background:var(--card);color:var(--ink);font:16px/1.5 -apple-system,BlinkMacSystemFont,"PingFang SC",
"Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
main{padding:20px 16px calc(24px + env(safe-area-inset-bottom));max-width:440px;margin:0 auto}
.wide main{max-width:960px}
header{display:flex;align-items:center;gap:12px;padding-bottom:16px;border-bottom:1px solid var(--line)}
.mark{flex:none;width:36px;height:36px;border-radius:8px;background:var(--hue);color:#fff;font-size:20px;font-weight:600;
line-height:36px;text-align:center}
h1{margin:0;font-size:17px;font-weight:600;line-height:1.3}
h1 small{display:block;font-size:13px;font-weight:400;color:var(--quiet)}
h2{margin:32px 0 8px;font-size:17px;font-weight:600}
h3{margin:24px 0 8px;font-size:15px;font-weight:600}
p{margin:8px 0}
.badge{margin-left:auto;flex:none;padding:4px 8px;border-radius:8px;background:var(--badge);color:var(--badge-ink);
font-size:12px;font-weight:600;letter-spacing:.06em}
.what{margin:24px 0 0;text-align:center;text-wrap:balance}
.amount{margin:4px 0 24px;text-align:center;font-size:40px;font-weight:600;line-height:1.2;font-variant-numeric:tabular-nums}
.amount span{position:relative;top:-.5em;margin-right:4px;font-size:.5em}
dl{display:grid;grid-template-columns:auto 1fr;gap:8px 16px;margin:0 0 24px;padding:16px 0 0;border-top:1px solid var(--line)}
dt{color:var(--quiet)}
dd{margin:0;text-align:right}
label{display:block;margin:0 0 16px;color:var(--quiet);font-size:14px}
select,input{display:block;width:100%;min-height:48px;margin-top:4px;padding:8px 12px;border:1px solid var(--quiet);
border-radius:8px;background:var(--field);color:var(--ink);font:inherit;font-size:16px}
button{display:block;width:100%;min-height:48px;padding:8px 16px;border:0;border-radius:8px;background:var(--action);
color:#fff;font:inherit;font-weight:600;font-variant-numeric:tabular-nums;cursor:pointer}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.alert{margin:0 0 16px;padding:12px 16px;border-radius:8px;background:var(--alarm-ground);color:var(--alarm)}
.notice{padding:32px 0 16px;text-align:center}
.notice h2{margin:0 0 8px;font-size:20px}
.aside,[lang=en].under{color:var(--quiet);font-size:14px}
.aside{text-align:center}
.alert [lang=en]{color:inherit}
a{color:inherit;text-underline-offset:6px}
nav{display:flex;flex-wrap:wrap;gap:0 16px}
nav a{display:inline-flex;align-items:center;min-height:44px}
h3 small{margin-left:8px;font-size:13px;font-weight:400;color:var(--quiet)}
details{border-bottom:1px solid var(--line)}
summary{display:flex;align-items:center;gap:12px;min-height:44px;cursor:pointer;font-weight:600}
summary::before{content:"+";width:1em;color:var(--quiet)}
[open]>summary::before{content:"-"}
summary::-webkit-details-marker{display:none}
summary span{font-weight:400;color:var(--quiet)}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px}
th,td{padding:8px 16px 8px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th,.ids code{white-space:nowrap}
th{color:var(--quiet);font-weight:400}
code,pre{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:8px 0;padding:12px 16px;overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--ground);
overflow-wrap:normal;tab-size:2}
@media (min-width:520px){body{background:var(--ground)}
main{margin:48px auto;padding:24px;border:1px solid var(--line);border-radius:12px;background:var(--card)}
.wide main{margin:24px auto}}
`;
