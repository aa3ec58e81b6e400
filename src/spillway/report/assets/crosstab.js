// Any two stratifications over each other, from sums of the tape: loans, balance, balance x gross rate.
const CROSS_MEASURES = [
  ['share', 'Share of balance'],
  ['balance', 'Balance'],
  ['loans', 'Loans'],
  ['average', 'Average balance'],
  ['rate', 'Gross WAC']
];
const CROSS_FORMATS = {share: percentOf(2), balance: DOLLARS, loans: COUNT, average: DOLLARS, rate: percentOf(3)};
const cross = {rows: 0, columns: 1, measure: 'share'};

const noLoans = () => ({loans: 0, balance: 0, product: 0});
function addTo(sums, cell) {
  sums.loans += cell.loans;
  sums.balance += cell.balance;
  sums.product += cell.product;
}

// Cells by row and column of the pair, whichever of the two stands across; with totals.
function crossCells(rows, columns) {
  const turned = rows > columns;
  const pair = book.cross.pairs.find(one => one.rows === Math.min(rows, columns) && one.columns === Math.max(rows, columns));
  const [row, column, loans, balance, product] = ['row', 'column', 'loans', 'balance', 'product'].map(part =>
    unpack(pair[part], pair.count)
  );
  const made = {cells: new Map(), rowTotals: new Map(), columnTotals: new Map(), total: noLoans()};
  for (let i = 0; i < pair.count; i += 1) {
    const r = turned ? column[i] : row[i],
      c = turned ? row[i] : column[i];
    const cell = {loans: loans[i], balance: balance[i], product: product[i]};
    made.cells.set(`${r},${c}`, cell);
    for (const [map, key] of [
      [made.rowTotals, r],
      [made.columnTotals, c]
    ]) {
      if (!map.has(key)) map.set(key, noLoans());
      addTo(map.get(key), cell);
    }
    addTo(made.total, cell);
  }
  return made;
}

function crossValue(cell, measure, total) {
  if (!cell || cell.loans === 0) return null;
  if (measure === 'share') return (100 * cell.balance) / total.balance;
  if (measure === 'average') return cell.balance / cell.loans;
  if (measure === 'rate') return cell.product / cell.balance;
  return cell[measure];
}

function askCross(cell, names, total) {
  const {measure} = cross;
  const [, title] = CROSS_MEASURES.find(([key]) => key === measure);
  const format = CROSS_FORMATS[measure];
  const parts = {
    share: [
      ['Balance of these loans', cell.balance, CENTS],
      ['Balance of all loans', total.balance, CENTS],
      ['100 × the first over the second', (100 * cell.balance) / total.balance, percentOf(6)]
    ],
    balance: [['Sum of current balances', cell.balance, CENTS]],
    loans: [['Loans counted', cell.loans, COUNT]],
    average: [
      ['Balance of these loans', cell.balance, CENTS],
      ['Loans', cell.loans, COUNT],
      ['Balance over loans', cell.balance / cell.loans, CENTS]
    ],
    rate: [
      ['Sum of balance × gross rate', cell.product, AMOUNT],
      ['Balance of these loans', cell.balance, CENTS],
      ['The first over the second', cell.product / cell.balance, percentOf(6)]
    ]
  }[measure];
  const value = crossValue(cell, measure, total);
  openPanel({
    title,
    where: names.filter(Boolean).join(' × ') || 'All loans',
    printed: numberText(value, format),
    recomputed: value,
    format,
    blocks: [valueList(parts)],
    from: 'Sums over the tape, embedded in this page.'
  });
}

function crossTable(box) {
  const {tables} = book.cross;
  const rows = tables[cross.rows],
    columns = tables[cross.columns];
  const made = crossCells(cross.rows, cross.columns);
  const used = columns.labels.map((label, c) => c).filter(c => made.columnTotals.has(c));
  const most = Math.max(...[...made.cells.values()].map(cell => crossValue(cell, cross.measure, made.total) ?? 0));
  const format = CROSS_FORMATS[cross.measure];
  const one = (cell, names) => ({
    value: crossValue(cell, cross.measure, made.total),
    name: names.join('/') || 'all',
    ask: () => askCross(cell, names, made.total)
  });
  const lines = rows.labels
    .map((label, r) => ({r, label}))
    .filter(({r}) => made.rowTotals.has(r))
    .map(({r, label}) => ({
      cells: [
        label || '–',
        ...used.map(c => one(made.cells.get(`${r},${c}`), [label, columns.labels[c]])),
        one(made.rowTotals.get(r), [label])
      ]
    }));
  lines.push({
    total: true,
    cells: ['Total', ...used.map(c => one(made.columnTotals.get(c), [columns.labels[c]])), one(made.total, [])]
  });
  const heads = [
    {title: rows.title, text: true},
    ...used.map(c => ({title: (columns.labels[c] || '–').replace(' - ', ' -\n'), format})),
    {title: 'Total', format}
  ];
  const label = `${rows.title} by ${columns.title}`;
  const table = makeTable({title: label, hidden: true}, heads, lines);
  for (const line of bodyRows(table).slice(0, -1)) {
    for (const cell of [...line.cells].slice(1, -1)) {
      const value = numberIn(cellText(cell));
      if (value > 0 && ['share', 'balance', 'loans'].includes(cross.measure))
        cell.classList.add(`heat-${1 + Math.min(4, Math.floor(5 * Math.sqrt(value / most)))}`);
    }
  }
  const holder = el('div', {class: 'table many tall', 'data-name': `cross-${rows.name}-${columns.name}`}, framed(table, label));
  box.replaceChildren(holder);
  addTools(holder);
}

function startCrossTab() {
  if (!book.cross || book.cross.tables.length < 2) return;
  const section = openLiveSection(
    'cross-tab',
    'Cross-Tab',
    'Any two attributes of the loans over each other. Click a number for its sums.'
  );
  const names = book.cross.tables.map((table, i) => [String(i), table.title]);
  const prefer = (name, otherwise) => {
    const at = book.cross.tables.findIndex(table => table.name === name);
    return at < 0 ? otherwise : at;
  };
  cross.rows = prefer('fico', 0);
  cross.columns = prefer('ltv', cross.rows === 1 ? 0 : 1);
  const box = el('div', {}),
    controls = el('div', {class: 'controls'});
  const show = () => {
    const focused =
      document.activeElement?.closest('.controls') === controls ? document.activeElement.getAttribute('aria-label') : null;
    const others = at => names.filter(([key]) => Number(key) !== at);
    controls.replaceChildren(
      select('Rows', others(cross.columns), String(cross.rows), key => {
        cross.rows = Number(key);
        show();
      }),
      select('Columns', others(cross.rows), String(cross.columns), key => {
        cross.columns = Number(key);
        show();
      }),
      select('Show', CROSS_MEASURES, cross.measure, key => {
        cross.measure = key;
        show();
      }),
      button(
        'Swap',
        () => {
          [cross.rows, cross.columns] = [cross.columns, cross.rows];
          show();
        },
        {class: 'small'}
      )
    );
    if (focused) controls.querySelector(`[aria-label="${focused}"]`)?.focus();
    crossTable(box);
  };
  section.append(controls, box);
  show();
}
