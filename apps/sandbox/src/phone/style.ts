/** The phone's stylesheet; its page's policy names these bytes by their hash. ASCII only, as the other sheet. */
export const PHONE_STYLE = `
:root{color-scheme:light dark;--ground:#e9ebef;--card:#fff;--soft:#f4f5f7;--ink:#17191c;--quiet:#585f68;--line:#dadde2;
--edge:#15171a;--hue:#2f3a4a;--action:#2f3a4a;--on-action:#fff;--alarm:#a3211a;--alarm-ground:#fdeceb;--good:#0b6b3a;
--good-ground:#e6f5ec;--badge:#ffe08a;--badge-ink:#4a3300}
.wechat_pay{--hue:#067f42;--action:#067f42}
.alipay{--hue:#1261d6;--action:#1261d6}
.wallet{--hue:#b3213a;--action:#b3213a}
@media (prefers-color-scheme:dark){:root{--ground:#0b0c0e;--card:#181b1f;--soft:#22262b;--ink:#eceef1;--quiet:#a7aeb8;
--line:#363b43;--edge:#3a4048;--hue:#46556b;--action:#dfe5ee;--on-action:#14181d;--alarm:#ffb4ab;--alarm-ground:#3d1815;
--good:#8fe0b0;--good-ground:#12301f;--badge:#5c4500;--badge-ink:#ffe9ad}
.wechat_pay,.alipay,.wallet{--on-action:#fff}}
*{box-sizing:border-box}
html{background:var(--card)}
body{margin:0;color:var(--ink);font:16px/1.5 -apple-system,BlinkMacSystemFont,"PingFang SC","Noto Sans SC",
"Noto Sans CJK SC","Microsoft YaHei",sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:anywhere}
body:lang(en){font-family:-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans","PingFang SC","Noto Sans SC","Noto Sans CJK SC",
sans-serif}
a{color:inherit;text-underline-offset:4px}
h1,h2,h3,p,dl,ul,ol{margin:0}
h2{font-size:18px;font-weight:600;line-height:1.35}
h3{margin:24px 0 8px;font-size:15px;font-weight:600}
ul,ol{padding:0;list-style:none}
[hidden]{display:none!important}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;z-index:2;padding:8px 12px;background:var(--card)}
.phone{display:flex;flex-direction:column;min-height:100vh;min-height:100dvh;background:var(--card)}
.top{display:flex;align-items:center;gap:8px;padding:8px 16px;border-bottom:1px solid var(--line)}
.brand{margin-right:auto;font-size:14px;font-weight:600;letter-spacing:.08em}
.brand a{display:inline-flex;align-items:center;gap:8px;min-height:44px;text-decoration:none}
.top>a{display:inline-flex;align-items:center;min-height:44px;padding:0 4px;font-size:14px;text-decoration:none}
.chip b{display:inline-block;max-width:9em;padding:4px 12px;overflow:hidden;border-radius:16px;background:var(--soft);
font-weight:400;text-overflow:ellipsis;white-space:nowrap}
.view{flex:1;padding:16px 16px 24px}
.view>*+*{margin-top:16px}
.tabs{position:sticky;bottom:0;display:flex;padding-bottom:env(safe-area-inset-bottom);border-top:1px solid var(--line);
background:var(--card)}
.tabs a{flex:1;display:flex;flex-direction:column;align-items:center;gap:2px;padding:8px 2px 6px;color:var(--quiet);
font-size:12px;text-align:center;text-decoration:none}
.tabs svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.tabs [aria-current]{color:var(--ink);font-weight:600}
.tabs [aria-current] svg{stroke-width:2.4}
.quiet,small{color:var(--quiet);font-size:14px}
.mark{flex:none;display:inline-block;width:28px;height:28px;border-radius:8px;background:var(--hue);color:#fff;font-size:16px;
font-weight:600;line-height:28px;text-align:center}
label{display:block;font-size:14px;color:var(--quiet)}
input,textarea,select{display:block;width:100%;min-height:48px;margin-top:4px;padding:10px 12px;border:1px solid var(--quiet);
border-radius:8px;background:var(--card);color:var(--ink);font:inherit}
textarea{min-height:96px;resize:vertical;font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
form>*+*{margin-top:12px}
button,.button{display:flex;align-items:center;justify-content:center;width:100%;min-height:48px;padding:8px 16px;
border:1px solid transparent;border-radius:8px;background:var(--action);color:var(--on-action);font:inherit;font-weight:600;
text-align:center;text-decoration:none;cursor:pointer}
button:active,.button:active{opacity:.8}
.second{background:transparent;border-color:var(--quiet);color:var(--ink);font-weight:400}
.alert,.note{padding:12px 16px;border-radius:8px;background:var(--alarm-ground);color:var(--alarm)}
.note{background:var(--soft);color:var(--ink);font-size:14px}
.alert p,.note p{margin-top:4px}
.head{display:flex;align-items:baseline;justify-content:space-between;gap:12px}
.rows>li+li{border-top:1px solid var(--line)}
.row{display:flex;align-items:center;gap:12px;min-height:60px;padding:8px 0;text-decoration:none}
.row>:nth-child(2){flex:1;min-width:0}
.row small{display:block;line-height:1.4}
.row strong{flex:none;font-weight:600;font-variant-numeric:tabular-nums;text-align:right}
.row strong small{font-weight:400}
.line{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.what{text-align:center;text-wrap:balance}
.amount{margin:0!important;text-align:center;font-size:40px;font-weight:600;line-height:1.2;font-variant-numeric:tabular-nums}
.amount span{position:relative;top:-.5em;margin-right:4px;font-size:.5em}
.who{display:flex;align-items:center;gap:12px}
.sheet>*+*{margin-top:8px}
.sheet .what{font-size:16px;font-weight:400}
.who strong{margin-right:auto;letter-spacing:.08em;line-height:1.3}
.who a{display:inline-flex;align-items:center;justify-content:center;min-width:44px;min-height:44px;font-size:20px;
text-decoration:none}
form{margin-top:16px}
.sheet form>*+*{margin-top:8px}
.view:has(.sheet){padding-top:8px;padding-bottom:12px}
.sheet .password{min-height:48px;padding-block:4px}
.who small{display:block;font-weight:400;letter-spacing:0}
dl{margin-top:16px;display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 12px;padding:12px 0;border:solid var(--line);border-width:1px 0}
dt{color:var(--quiet)}
dd{margin:0;text-align:right}
code,.digits{font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
dd code{font-size:12px}
.password{text-align:center;font-size:24px;letter-spacing:.5em;text-indent:.5em}
.pad{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}
.pad button,.pad i{min-height:44px;background:var(--soft);color:var(--ink);font-size:20px;font-weight:400}
.pad i{visibility:hidden}
.refusals{display:grid;grid-template-columns:repeat(4,1fr);gap:8px}
.refusals button{min-height:48px;padding:4px 2px;font-size:13px;line-height:1.25}
@media (max-width:359px){.refusals{grid-template-columns:1fr 1fr}}
fieldset{min-width:0;margin:0;padding:0;border:0}
legend{position:absolute;left:-999px}
.outcome{padding:16px 0 0;text-align:center}
.outcome svg{width:64px;height:64px;fill:none;stroke:var(--good);stroke-width:4;stroke-linecap:round;stroke-linejoin:round}
.outcome.no svg{stroke:var(--alarm)}
.outcome h2{margin-top:8px;font-size:22px}
.state{display:inline-block;padding:2px 8px;border-radius:8px;background:var(--soft);color:var(--ink);font-size:13px}
.state.good{background:var(--good-ground);color:var(--good)}
.state.bad{background:var(--alarm-ground);color:var(--alarm)}
.qr{display:block;width:232px;max-width:100%;margin:8px auto;border-radius:12px}
.spent .qr{filter:blur(6px);opacity:.4}
.digits{font-size:20px;text-align:center;letter-spacing:.04em}
.choice{display:flex;gap:8px}
.choice a{flex:1;display:flex;align-items:center;justify-content:center;gap:8px;min-height:48px;border:1px solid var(--line);
border-radius:8px;text-decoration:none}
.choice [aria-current]{border:2px solid var(--hue);font-weight:600}
.log{padding-left:16px;border-left:2px solid var(--line)}
.log>li+li{margin-top:16px}
.log p{margin-top:4px}
.person{width:100%;min-height:60px;padding:8px 0;background:none;color:inherit;border:0;font-weight:400;text-align:left;
justify-content:flex-start;gap:12px}
.person[aria-pressed=true] b::after{content:" \\2713"}
.person span:nth-child(2){flex:1;min-width:0}
.beside{padding:24px 16px;border-top:1px solid var(--line);background:var(--soft)}
.beside ol{margin:12px 0;padding-left:20px;list-style:decimal}
.beside li+li{margin-top:8px}
.beside nav{display:flex;flex-wrap:wrap;gap:0 16px}
.beside nav a{display:inline-flex;align-items:center;min-height:44px}
@media (min-width:481px){html{background:var(--ground)}
.desk{display:flex;flex-wrap:wrap;align-items:flex-start;justify-content:center;gap:32px 64px;padding:24px}
.phone{width:400px;min-height:0;height:844px;max-height:calc(100vh - 48px);overflow:hidden;border:10px solid var(--edge);
border-radius:44px}
.view{overflow-y:auto;overscroll-behavior:contain}
.top{padding:12px 20px 8px}
.tabs{padding-bottom:10px}
.beside{width:360px;max-width:100%;padding:24px 0;border:0;background:none}}
@media (prefers-reduced-motion:no-preference){button,.button,.tabs a{transition:opacity .15s}}
`;
