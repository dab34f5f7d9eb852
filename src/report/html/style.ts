/** The page's look: light and dark, phone and paper. Nothing is told by colour alone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --card: #f6f7f9; --ink: #1b2129; --soft: #55606e; --line: #d5dae1; --link: #0b57a4;
  --accept: #116a3c; --review: #855300; --reject: #c0262d; --retry: #2b63b8;
  --accept-soft: #e4f4eb; --review-soft: #fdf1d8; --reject-soft: #fde8e8; --retry-soft: #e6effb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --card: #1d232a; --ink: #e8ecf1; --soft: #a3afbd; --line: #38414c; --link: #8fc1ff;
    --accept: #62d296; --review: #f2bd52; --reject: #ff8a88; --retry: #8db8ff;
    --accept-soft: #153224; --review-soft: #362a10; --reject-soft: #3d1b1d; --retry-soft: #17293f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
    "Noto Sans", sans-serif;
}
main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.5rem 0 .25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.02rem; line-height: 1.4; margin: 0 0 .25rem; font-weight: 600; }
p { margin: .25rem 0 .75rem; }
header p, .shown, .more, .meaning, .share, caption, dt, footer { color: var(--soft); }
code { font: .85em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.totals { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; list-style: none; margin: 1rem 0; padding: 0; }
.tile { display: grid; gap: .1rem; padding: .75rem 1rem; border: 1px solid var(--line); border-top: 4px solid; border-radius: .5rem; }
.tile.accept { border-top-color: var(--accept); } .tile.review { border-top-color: var(--review); }
.tile.reject { border-top-color: var(--reject); } .tile.retry { border-top-color: var(--retry); }
.figure { font-size: 2rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figure small { font-size: .9rem; font-weight: 400; color: var(--soft); }
.share { font-size: .85rem; }
.badge { display: inline-block; padding: 0 .5em; border-radius: 1em; font-weight: 600; font-size: .85rem; white-space: nowrap; }
.tile .badge { justify-self: start; }
.badge.accept { color: var(--accept); background: var(--accept-soft); }
.badge.review { color: var(--review); background: var(--review-soft); }
.badge.reject { color: var(--reject); background: var(--reject-soft); }
.badge.retry { color: var(--retry); background: var(--retry-soft); }
.part { display: inline-block; margin-right: .75rem; white-space: nowrap; }
.failed { padding: .5rem 1rem; border-left: 4px solid var(--reject); background: var(--reject-soft); }
.failed p { margin: 0; color: var(--ink); } .failed ul { margin: .25rem 0 0; }
.well { padding: .75rem 1rem; border-left: 4px solid var(--accept); background: var(--accept-soft); }
article { margin: .75rem 0; padding: .9rem 1rem .5rem; background: var(--card); border-radius: .5rem; border-left: 4px solid; }
article[data-verdict=review] { border-color: var(--review); } article[data-verdict=reject] { border-color: var(--reject); }
article[data-verdict=retry] { border-color: var(--retry); }
article .count { font-variant-numeric: tabular-nums; margin: 0 .25rem; }
.advice { margin-bottom: .5rem; }
.shown { font-size: .85rem; margin: .25rem 0; }
.lines { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin: .25rem 0 .5rem; padding: 0; font-size: .92rem; }
.lines .long { flex-basis: 100%; }
.where { font-weight: 600; }
td code { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; vertical-align: bottom; }
.num { text-align: right; font-variant-numeric: tabular-nums; }
td.num { white-space: nowrap; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
th button::after { content: "\\2195"; margin-left: .3em; color: var(--soft); font-weight: 400; }
th[aria-sort=ascending] button::after { content: "\\2191"; color: inherit; }
th[aria-sort=descending] button::after { content: "\\2193"; color: inherit; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.filter { display: block; margin: .5rem 0; }
.filter input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .25rem .5rem; width: 14rem; max-width: 100%; }
.choice { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
.choice[hidden] { display: none; }
.choice button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 1.5rem; padding: .15rem .6rem; cursor: pointer; }
.choice button[aria-pressed=true] { border-color: var(--ink); box-shadow: inset 0 0 0 1px var(--ink); }
.bar { display: block; width: 100%; min-width: 6rem; height: .8rem; margin: .3rem 0; }
.bar .accept { fill: var(--accept); } .bar .review { fill: var(--review); }
.bar .reject { fill: var(--reject); } .bar .retry { fill: var(--retry); }
.map { display: block; width: 100%; height: auto; margin: .5rem 0 1rem; }
.land { fill: none; stroke: var(--line); stroke-width: 6; stroke-linecap: round; }
.map circle { fill: var(--link); fill-opacity: .45; stroke: var(--link); stroke-width: 1.2; }
.map text { font-size: 12px; font-weight: 600; text-anchor: middle; dominant-baseline: central; fill: var(--ink); pointer-events: none; }
dl { margin: .5rem 0; }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line); }
dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 2.5rem; padding-bottom: 1.5rem; font-size: .85rem; }
/* A row of a wide table becomes a card; the headings stay on top to sort by, where the script made buttons of them. */
@media screen and (max-width: 40rem) {
  .cards, .cards tbody { display: block; }
  .cards thead tr { display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .85rem; }
  .cards thead th { border: 0; padding: .1rem 0; }
  .cards thead th:not(:has(button)) { display: none; }
  .cards tbody tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  .cards tbody tr[hidden] { display: none; }
  .cards td, .cards td.num { display: flex; gap: .75rem; border: 0; padding: .1rem 0; text-align: left; white-space: normal; }
  .cards td::before { content: attr(data-label); flex: 0 0 6.5rem; color: var(--soft); }
}
@media (max-width: 40rem) {
  table { font-size: .85rem; }
  th { white-space: normal; }
  th:not([aria-sort]) button::after { content: none; }
  th button { text-decoration: underline dotted; text-underline-offset: .2em; }
  h1 { font-size: 1.35rem; }
  .totals { grid-template-columns: 1fr 1fr; gap: .5rem; }
  .tile { padding: .5rem .75rem; }
  .figure { font-size: 1.6rem; }
  .map text { display: none; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #0b57a4;
    --accept: #116a3c; --review: #855300; --reject: #c0262d; --retry: #2b63b8;
    --accept-soft: #fff; --review-soft: #fff; --reject-soft: #fff; --retry-soft: #fff;
  }
  html { font-size: 10pt; }
  main, footer { max-width: none; padding: 0; }
  .filter, .choice, th button::after { display: none; }
  .scroll { overflow: visible; }
  tr, .tile, dl div, .map, article { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  svg, .tile, article { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
