/** Sorts and filters the tables, and chooses reasons by verdict. Everything is there to read without it. */
export const SCRIPT = `
(() => {
  'use strict';
  const body = document.body;
  const FILTERED_FROM = 12;

  for (const table of document.querySelectorAll('table')) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length > 1) makeSortable(table);
    if (rows.length >= FILTERED_FROM) makeFilterable(table, rows);
  }
  for (const group of document.querySelectorAll('.choice')) makeChoosable(group);

  function makeSortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.title = head.dataset.sort;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const first = head.classList.contains('num') ? 'descending' : 'ascending';
        const other = first === 'ascending' ? 'descending' : 'ascending';
        const order = head.getAttribute('aria-sort') === first ? other : first;
        for (const one of heads) one.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', order);
        sort(table, column, order === 'ascending' ? 1 : -1);
      });
    });
  }

  function sort(table, column, sign) {
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    const keyed = [...table.tBodies[0].rows].map((row) => {
      const cell = row.cells[column];
      return { row, text: cell.textContent, value: cell.dataset.value };
    });
    keyed.sort((a, b) => sign * (a.value === undefined ? compare(a.text, b.text) : a.value - b.value));
    table.tBodies[0].append(...keyed.map(({ row }) => row));
  }

  function makeFilterable(table, rows) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    const shown = document.createElement('output');
    label.className = 'filter';
    input.type = 'search';
    label.append(body.dataset.filter + ' ', input, ' ', shown);
    table.closest('.scroll').before(label);
    input.addEventListener('input', () => {
      const words = input.value.toLocaleLowerCase().split(/\\s+/);
      let left = 0;
      for (const row of rows) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) left += 1;
      }
      shown.textContent = body.dataset.shown.replace('{shown}', left).replace('{all}', rows.length);
    });
  }

  function makeChoosable(group) {
    const buttons = [...group.querySelectorAll('button')];
    group.hidden = false;
    for (const button of buttons) {
      button.addEventListener('click', () => {
        for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
        for (const article of group.parentElement.querySelectorAll('article')) {
          article.hidden = button.dataset.verdict !== '' && article.dataset.verdict !== button.dataset.verdict;
        }
      });
    }
  }
})();
`;
