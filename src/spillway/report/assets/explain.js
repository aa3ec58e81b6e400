// The panel that says how a number comes about. Pages lie over each other; "Back" takes the top one off.
const panelStack = [];
let asked = null; // the cell that was asked about: focus goes back to it
let inPanel = false; // what is asked now was asked in the panel itself

// [label, value, format] lines.
function valueList(lines) {
  return el(
    'dl',
    {class: 'values'},
    lines
      .filter(Boolean)
      .map(([label, value, format, ask]) =>
        el(
          'div',
          {},
          el('dt', {}, ask ? button(label, ask, {class: 'inline'}) : label),
          el('dd', {}, value instanceof Node || typeof value === 'string' ? value : shown(value, format))
        )
      )
  );
}

const paragraph = (text, name) => el('p', name ? {class: name} : {}, text);
const heading = text => el('h3', {}, text);

// Rows by period; long lists show the first two dozen until asked for all.
const FIRST_ROWS = 24;
function stepTable(caption, columns, rows, totals = []) {
  const holder = el('div', {class: 'table many steps'});
  const draw = all => {
    const part = all ? rows : rows.slice(0, FIRST_ROWS);
    holder.replaceChildren(framed(makeTable(caption, columns, [...part, ...totals]), caption));
    if (part.length < rows.length) holder.append(button(`Show all ${rows.length} rows`, () => draw(true), {class: 'small more'}));
  };
  draw(rows.length <= FIRST_ROWS + 6);
  return holder;
}

// Tables that the command walks down too.
const ASKED_BY_COMMAND = [
  'class_summary',
  'credit_enhancement',
  'dm_tables',
  'available_rate',
  'decrements',
  'yields',
  'loss_grid',
  'break_evens',
  'credit_schedule',
  'triggers',
  'collateral_losses',
  'residual',
  'pool_summary',
  'strats'
];
const isAsked = (table, column) =>
  ASKED_BY_COMMAND.includes(table.name) && column !== 'is_total' && !table.keys.includes(columnOf(table, column));
const commandOf = path => `spillway explain deal.yaml "${path}"`;

function copiedCommand(path, options = '') {
  const text = commandOf(path) + options;
  const copy = button('Copy', async () => {
    await copyText(text);
    copy.textContent = 'Copied';
  });
  copy.className = 'small copy-command';
  return el('span', {class: 'command'}, el('code', {}, text), copy);
}

const exactText = value =>
  typeof value === 'number' ? String(value) : value && value.day !== undefined ? isoDate(value.day) : (value ?? 'none');

// Amounts are carried to 1e-4 dollars: where that alone decides how a half cent rounds, the number is the same.
const CARRIED = 3e-4;
const isSameAmount = page =>
  page.unit === 'dollars' && typeof page.exact === 'number' && Math.abs(page.recomputed - page.exact) < (page.within || CARRIED);

const isWorkedOut = page => page.recomputed !== undefined && page.recomputed !== null;

// The line on top: the number worked out again in the page, and whether it is the printed one.
function checkLine(page) {
  if (!isWorkedOut(page)) {
    return el(
      'p',
      {class: 'check'},
      el('span', {class: 'mark', 'aria-hidden': true}, '='),
      'As figured by the run: ',
      el('b', {class: 'recomputed'}, page.printed),
      page.asked && page.path ? el('span', {class: 'by-command'}, ' This works it out:', copiedCommand(page.path)) : null
    );
  }
  const text =
    typeof page.recomputed !== 'number'
      ? page.recomputed
      : numberText(isSameAmount(page) ? page.exact : page.recomputed, page.format);
  const same = text === page.printed;
  return el(
    'p',
    {class: `check ${same ? 'ok' : 'off'}`, 'data-ok': String(same)},
    el('span', {class: 'mark', 'aria-hidden': true}, same ? '✓' : '≠'),
    'Worked out here: ',
    el('b', {class: 'recomputed'}, text),
    same ? ', as printed' : `; printed ${page.printed}`,
    typeof page.recomputed === 'number' ? el('small', {}, ` (${page.recomputed})`) : null
  );
}

function formulaBlock(page) {
  if (!page.words && !page.symbols) return null;
  return el(
    'div',
    {class: 'formula'},
    page.words ? paragraph(page.words) : null,
    page.symbols ? el('code', {}, page.symbols) : null,
    page.page || page.source ? el('small', {}, [page.page, page.source].filter(Boolean).join(' · ')) : null
  );
}

function originBlock(page) {
  const lines = [];
  if (page.exact !== undefined) lines.push(['Exact value', exactText(page.exact)]);
  if (page.unit) lines.push(['Unit', page.unit]);
  if (page.from) lines.push(['From', page.from]);
  if (page.path) lines.push(['Path', el('code', {}, page.path)]);
  if (page.path && page.asked && isWorkedOut(page)) lines.push(['Command', copiedCommand(page.path)]);
  return lines.length > 0 ? el('div', {class: 'origin'}, valueList(lines)) : null;
}

function drawPanel() {
  const panel = byId('explain');
  const page = panelStack[panelStack.length - 1];
  const title = el('h2', {tabindex: -1}, page.title);
  panel.replaceChildren(
    el(
      'div',
      {class: 'panel-bar'},
      panelStack.length > 1 ? button('‹ Back', backPanel, {class: 'small'}) : el('span', {}),
      button('Close', closePanel, {class: 'small', 'aria-keyshortcuts': 'Escape'})
    ),
    el(
      'div',
      {class: 'panel-body'},
      page.where ? el('p', {class: 'where'}, page.where) : null,
      title,
      page.printed !== undefined ? el('p', {class: 'printed-value'}, page.printed) : null,
      page.printed !== undefined ? checkLine(page) : null,
      formulaBlock(page),
      page.blocks || [],
      originBlock(page)
    )
  );
  panel.dataset.path = page.path || '';
  panel.hidden = false;
  document.body.classList.add('explaining');
  panel.querySelector('.panel-body').scrollTop = 0;
  title.focus({preventScroll: true});
}

function openPanel(page) {
  if (!inPanel) panelStack.length = 0;
  panelStack.push(page);
  drawPanel();
}

function backPanel() {
  panelStack.pop();
  drawPanel();
}

function closePanel() {
  const panel = byId('explain');
  if (panel.hidden) return false;
  panelStack.length = 0;
  keepInPlace(asked, () => {
    panel.hidden = true;
    document.body.classList.remove('explaining');
  });
  document.querySelectorAll('.asked').forEach(cell => cell.classList.remove('asked'));
  if (asked?.isConnected) asked.focus({preventScroll: true});
  asked = null;
  return true;
}

// Every column has its explanation; those that a table's own function knows more of get more.
const EXPLAINERS = {};

function pageOfCell(table, row, column) {
  const c = columnOf(table, column);
  const what = table.columns[c];
  const keys = table.keys.map(k => textAt(table, row, table.columns[k].name)).filter(Boolean);
  const page = {
    title: what.title.replace(/\s+/g, ' ') || table.title || table.name,
    where: [table.title || table.name, ...keys].join(' · '),
    printed: textAt(table, row, column),
    exact: columnValues(table, c)[row],
    unit: what.unit,
    format: formatAt(table, row, c),
    words: what.words,
    symbols: what.symbols,
    page: what.page,
    source: what.source,
    path: pathOf(table, row, column),
    asked: isAsked(table, column),
    from: `tables/${table.name}.csv, column ${column}`,
    blocks: []
  };
  const more = EXPLAINERS[table.name]?.(table, row, column, page);
  return {...page, ...more};
}

// Whatever opens or closes beside it, the cell stays where it is on the screen.
function keepInPlace(cell, action) {
  const before = cell?.isConnected ? cell.getBoundingClientRect().top : null;
  action();
  if (before !== null) scrollBy(0, cell.getBoundingClientRect().top - before);
}

function askCell(cell) {
  document.querySelectorAll('.asked').forEach(one => one.classList.remove('asked'));
  if (!byId('explain').contains(cell)) {
    asked = cell;
    cell.classList.add('asked');
  }
  keepInPlace(asked, () => {
    if (cell.ask) {
      cell.ask();
      return;
    }
    const data = dataOfCell(cell);
    const page = pageOfCell(data.table, data.row, data.column);
    openPanel({...page, printed: cellText(cell) || page.printed});
  });
}

function startExplain() {
  closers.push(closePanel);
  for (const kind of ['click', 'keydown']) {
    byId('explain').addEventListener(
      kind,
      () => {
        inPanel = true;
        setTimeout(() => {
          inPanel = false;
        });
      },
      true
    );
  }
  startCells(askCell);
}
