import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html, raw } from '../../src/report/html/markup.ts';

it('escapes what comes from outside, in text and in attributes', () => {
  const { markup } = html`<p title="${'"><img src=x onerror=alert(1)>'}">${"a & 'b' <c>"}</p>`;
  expect(markup).toBe('<p title="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">a &amp; &#39;b&#39; &lt;c&gt;</p>');
});

it('takes markup and lists of it as they are, and leaves nothing for what is not there', () => {
  const items = ['<1>', '2'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${undefined}${false}${0}${raw('<hr>')}`.markup).toBe(
    '<ul><li>&lt;1&gt;</li><li>2</li></ul>0<hr>',
  );
});

it('never lets a text open a tag or end an attribute', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(html`${text}`.markup).not.toMatch(/[<>"']/);
    }),
  );
});
