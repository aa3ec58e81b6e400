// What every table gets: copy, CSV, sorting, and a filter where it is long.
const LONG = 12; // rows from which a filter is of use

const bodyRows = table => [...table.tBodies[0].rows];
const cellText = cell => cell.textContent.trim();

function sortKey(cell) {
  const exact = cell.dataset.path ? valueOfCell(cell) : undefined;
  if (typeof exact === 'number') return exact;
  if (exact && typeof exact === 'object') return exact.day;
  return numberIn(cellText(cell)) ?? cellText(cell);
}

function compareKeys(a, b) {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1; // nothing stays below
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a.localeCompare(b, 'en', {numeric: true});
}

// Once up, once down, then as printed. Totals stay last.
function sortBy(table, column) {
  const head = table.tHead.rows[0].cells[column];
  const before = head.getAttribute('aria-sort');
  const direction = before === 'ascending' ? 'descending' : before === 'descending' ? 'none' : 'ascending';
  for (const one of table.tHead.rows[0].cells) one.removeAttribute('aria-sort');
  if (direction !== 'none') head.setAttribute('aria-sort', direction);
  const rows = bodyRows(table);
  rows.forEach((row, at) => {
    row.order ??= at;
    row.key = sortKey(row.cells[column]);
  });
  const sign = direction === 'descending' ? -1 : 1;
  rows.sort(
    (a, b) =>
      a.classList.contains('total') - b.classList.contains('total') ||
      (direction === 'none' || a.classList.contains('total') ? 0 : sign * compareKeys(a.key, b.key)) ||
      a.order - b.order
  );
  table.tBodies[0].append(...rows);
}

// No button elements: with one in it a head is not repeated on the next page of paper.
function makeSortable(table) {
  [...table.tHead.rows[0].cells].forEach((head, c) => {
    const text = head.textContent;
    if (text.trim() === '') return;
    const press = event => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        sortBy(table, c);
      }
    };
    head.replaceChildren(
      el(
        'span',
        {class: 'sort', role: 'button', tabindex: 0, title: 'Sort', onclick: () => sortBy(table, c), onkeydown: press},
        text
      )
    );
  });
}

function shownLines(table) {
  const lines = [[...table.tHead.rows[0].cells].map(head => head.textContent.replace(/\s+/g, ' ').trim())];
  for (const row of bodyRows(table)) {
    if (!row.hidden) lines.push([...row.cells].map(cell => plainCell(cell)));
  }
  return lines;
}

// As in the CSV files: dates in full, numbers without signs around them.
function plainCell(cell) {
  const data = dataOfCell(cell);
  if (data) return textAt(data.table, data.row, data.column, true);
  return plainNumber(cellText(cell));
}

const tabbed = lines => lines.map(fields => fields.map(text => text.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\r\n') + '\r\n';

// The whole data table where the printed one is it; else the printed one.
function fileOf(holder, table) {
  const name = holder.dataset.name || table.dataset.of || holder.closest('section')?.id || 'table';
  const data = dataTables.get(name);
  if (data) return [`${name}.csv`, csvOf(data)];
  return [
    `${name.replace(/[^\w.-]+/g, '-')}.csv`,
    shownLines(table)
      .map(fields => fields.map(csvField).join(',') + '\n')
      .join('')
  ];
}

function filterRows(table, text, count) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = bodyRows(table);
  let found = 0,
    all = 0;
  for (const row of rows) {
    if (row.classList.contains('total')) continue;
    all += 1;
    row.search ??= [...row.cells].map(cellText).join(' ').toLowerCase();
    row.hidden = !words.every(word => row.search.includes(word));
    if (!row.hidden) found += 1;
  }
  count.textContent = words.length > 0 ? `${found} of ${all} rows` : '';
}

function addTools(holder) {
  const table = holder.querySelector('table');
  const label = holder.querySelector('.scroll').getAttribute('aria-label') || 'table';
  const caption = table.caption && !table.caption.querySelector('.unseen') && !table.caption.matches('.unseen');
  const tools = el('div', {class: caption && !holder.matches('.block') ? 'table-tools over' : 'table-tools'});
  const rows = table.tBodies[0].rows.length;
  if (rows > LONG) {
    const count = el('span', {class: 'found', role: 'status'});
    tools.append(
      count,
      el('input', {
        type: 'search',
        placeholder: 'Filter rows',
        'aria-label': `Filter rows of ${label}`,
        oninput: event => filterRows(table, event.target.value, count)
      })
    );
  }
  tools.append(
    button(
      'Copy',
      async () => {
        await copyText(tabbed(shownLines(table)));
        toast('Copied: paste it into a spreadsheet');
      },
      {class: 'small copy', 'aria-label': `Copy ${label}`, title: 'Copy as shown, for a spreadsheet'}
    ),
    button('CSV', () => download(...fileOf(holder, table)), {
      class: 'small csv',
      'aria-label': `Download ${label} as CSV`,
      title: 'Download as CSV'
    })
  );
  holder.prepend(tools);
  if (rows > 2 && !table.tBodies[0].rows[0].dataset.c) makeSortable(table);
}
