// SPDX-License-Identifier: MIT
// The script's own element and the server that it is of. To be asked while the script runs for the first time.
export const me = (document.currentScript ?? document.querySelector("script[data-survey][src*='/w.js']")) as HTMLScriptElement;
export const host = new URL(me.src).origin;
