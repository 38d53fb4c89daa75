// SPDX-License-Identifier: MIT
// The widget's own style. Inside a shadow root nothing of the page's reaches it but what is inherited, which `all` ends.

const dark = "--p:#1d1b19;--i:#f2efea;--s:#b9b2a8;--l:#8d857a;--f:#292623";

export const sheet = `
:host{all:initial;display:block}
*{box-sizing:border-box;font:inherit;color:inherit;margin:0}
div[part]{--p:#fff;--i:#201c17;--s:#5d554b;--l:#8b8378;--f:#fff;background:var(--p);color:var(--i);font:16px/1.45 system-ui,sans-serif;padding:20px;overflow:auto;text-align:start;overflow-wrap:break-word}
.pop{position:fixed;z-index:2147483000;inset-block-end:max(16px,env(safe-area-inset-bottom));inset-inline-end:16px;width:min(420px,calc(100vw - 32px));max-height:calc(100vh - 32px);border:1px solid var(--l);border-radius:12px;box-shadow:0 8px 32px #0003}
.pop.left{inset-inline:16px auto}
.in{height:288px;display:grid;align-content:safe center;border:1px solid var(--l);border-radius:12px}
h2{font-size:17px;font-weight:600;line-height:1.35}
.pop>h2,.pop>.back{margin-inline-end:36px}
button{cursor:pointer;background:var(--f);border:1px solid var(--l);border-radius:8px;min-height:44px;padding:0 4px}
button:focus-visible,textarea:focus-visible,h2:focus-visible,a:focus-visible,input:focus-visible+span{outline:3px solid var(--i);outline-offset:2px}
h2:focus{outline:0}
.x{position:absolute;inset-block-start:8px;inset-inline-end:8px;width:44px;border:0;background:none;font-size:24px;line-height:1}
.scale{display:grid;grid-template-columns:repeat(11,minmax(0,1fr));gap:4px;margin-top:16px}
.scale button{font-weight:600;white-space:nowrap}
.scale button:hover,.scale [aria-pressed=true],.main,:checked+span{background:var(--b);color:var(--o)}
.scale [aria-pressed=true],:checked+span{border-color:var(--i);box-shadow:inset 0 0 0 1px var(--i)}
.ends{display:flex;justify-content:space-between;gap:16px;margin-top:6px;font-size:14px;color:var(--s)}
.ends span+span{text-align:end}
.back{min-height:32px;border:0;background:none;padding:0;margin-bottom:10px;font-size:14px;color:var(--s);justify-self:start}
.back span{margin-inline-start:8px;text-decoration:underline}
.back b{display:inline-block;min-width:28px;padding:2px 6px;border-radius:6px;background:var(--b);color:var(--o);font-weight:600;text-align:center}
textarea{display:block;width:100%;margin-top:10px;padding:8px 10px;background:var(--f);border:1px solid var(--l);border-radius:8px;resize:vertical}
fieldset{border:0;padding:0;margin-top:14px;display:flex;flex-wrap:wrap;gap:6px}
legend{font-weight:600;padding:0;margin-bottom:6px}
fieldset label{position:relative;cursor:pointer}
input{position:absolute;inset:0;width:100%;height:100%;opacity:0;cursor:pointer}
input+span{display:block;min-width:44px;padding:9px 12px;border:1px solid var(--l);border-radius:8px;background:var(--f);text-align:center}
.main{border:1px solid;border-color:var(--i);font-weight:600;padding:0 20px;margin-top:12px}
.main[aria-busy=true]{opacity:.6}
a{display:inline-block;border-radius:8px;padding:10px 20px!important;text-decoration:none}
.hint{font-size:14px;margin-top:8px}
[role=status]{font-size:14px;color:var(--s)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
div[data-theme=dark]{${dark}}
@media (prefers-color-scheme:dark){div[part]:not([data-theme=light]){${dark}}}
@media (max-width:419px){div[part]{padding:16px}.scale{gap:2px}.scale button{padding:0}}
@media (max-width:339px){.scale{gap:1px}.scale button{font-size:14px}}
@media (forced-colors:active){.scale [aria-pressed=true],:checked+span{outline:3px solid}}
`;
