// How the cells of the stratifications and of the pool summary come about.
const WEIGHTED = ['gross_wac', 'net_wac', 'remaining_term', 'age', 'fico', 'orig_ltv', 'wa_months_to_roll'];

EXPLAINERS.strats = (table, row, column) => {
  const page = sumsOfStrat(table, row, column);
  return {...page, blocks: [...(page.blocks || []), ...largestOfRow(table, row)]};
};

function sumsOfStrat(table, row, column) {
  const totalRow = stratTotal(table, row);
  const balance = valueAt(table, row, 'current_balance'),
    all = totalRow < 0 ? balance : valueAt(table, totalRow, 'current_balance');
  const place = {
    where: `${stratTitle(table, row)} · ${valueAt(table, row, 'label') || 'Total'}`,
    from: `tables/strats.csv, column ${column}; sums over the loans of the tape`
  };
  if (column === 'pct_of_total') {
    return {
      ...place,
      recomputed: (100 * balance) / all,
      blocks: [
        valueList([
          ['Balance of the row', balance, CENTS],
          ['Balance of the table', all, CENTS],
          ['100 × the first over the second', (100 * balance) / all, percentOf(6)]
        ])
      ]
    };
  }
  if (column === 'average_balance') {
    const loans = valueAt(table, row, 'loan_count');
    return {
      ...place,
      recomputed: balance / loans,
      blocks: [
        valueList([
          ['Balance', balance, CENTS],
          ['Loans', loans, COUNT],
          ['The first over the second', balance / loans, CENTS]
        ])
      ]
    };
  }
  if (row === totalRow && ['current_balance', 'loan_count'].includes(column)) return {...place, ...sumOfRows(table, column, row)};
  if (WEIGHTED.includes(column)) return {...place, ...weightedPage(table, row, column, totalRow)};
  return place;
}

const stratTotal = (table, row) =>
  table.totals.find(r => valueAt(table, r, 'table') === valueAt(table, row, 'table')) ?? totalByFlag(table, row);

function totalByFlag(table, row) {
  const flags = columnValues(table, columnOf(table, 'is_total')),
    names = columnValues(table, columnOf(table, 'table'));
  return flags.findIndex((flag, r) => Number(flag) === 1 && names[r] === names[row]);
}

const stratTitle = (table, row) =>
  document
    .querySelector(`.table[data-name="${CSS.escape(valueAt(table, row, 'table'))}"]`)
    ?.closest('section')
    ?.querySelector('h2')?.textContent || valueAt(table, row, 'table');

// What an average is made of: balance x value, and the balance of the loans that have the value. Null if the page has no sums.
function averageSums(table, row, column) {
  const packed = book.sums?.[column];
  if (!packed) return null;
  packed.open ??= {products: unpack(packed.products, table.count), lacking: unpack(packed.lacking, table.count)};
  const lacking = packed.open.lacking[row];
  return {product: packed.open.products[row], lacking, weight: valueAt(table, row, 'current_balance') - lacking};
}

function averageTable(table, row, column) {
  const names = columnValues(table, columnOf(table, 'table'));
  const rows = names.map((name, r) => r).filter(r => names[r] === names[row] && r !== row);
  const lines = rows
    .map(r => ({label: valueAt(table, r, 'label'), value: valueAt(table, r, column), ...averageSums(table, r, column)}))
    .filter(line => line.weight > 0);
  const weight = sum(lines.map(line => line.weight)),
    product = sum(lines.map(line => line.product));
  return stepTable(
    'Rows, weighted by balance',
    [
      {title: 'Row', text: true},
      {title: 'Balance', format: CENTS},
      {title: 'Average', format: decimalsOf(4)},
      {title: 'Balance × average', format: AMOUNT}
    ],
    lines.map(line => ({cells: [line.label, line.weight, line.value, line.product]})),
    [{total: true, cells: ['Sum', weight, product / weight, product]}]
  );
}

function weightedPage(table, row, column, totalRow) {
  const sums = averageSums(table, row, column);
  if (!sums || valueAt(table, row, column) === null) return {};
  const average = sums.product / sums.weight,
    isPart = Math.abs(sums.lacking) > CENT;
  return {
    recomputed: average,
    blocks: [
      valueList([
        [`Sum of balance × ${table.columns[columnOf(table, column)].title.toLowerCase()}`, sums.product, AMOUNT],
        isPart ? ['Balance of the row', sums.weight + sums.lacking, CENTS] : null,
        isPart ? ['less balance of loans without the value', sums.lacking, CENTS] : null,
        [isPart ? '= Balance of loans that have it' : 'Balance of the row', sums.weight, CENTS],
        ['The first over the last', average, decimalsOf(6)]
      ]),
      ...(row === totalRow ? [averageTable(table, row, column)] : [])
    ]
  };
}

EXPLAINERS.pool_summary = (table, row, column) => {
  const item = valueAt(table, row, 'item'),
    strats = dataTables.get('strats');
  if (column !== 'value' || !strats) return {};
  const colon = item.indexOf(': ');
  const value = valueAt(table, row, 'value');
  const same = r =>
    valueAt(strats, r, 'label') === item.slice(colon + 2) &&
    Math.abs(valueAt(strats, r, 'pct_of_total') - value) < 1e-9 * Math.max(1, value);
  const match = colon > 0 ? Array.from({length: strats.count}, (_, r) => r).find(same) : undefined;
  if (match !== undefined) return {...pageOfShare(strats, match), where: item};
  const totalRow = totalByFlag(strats, 0);
  const found = ['current_balance', 'loan_count', 'average_balance', ...WEIGHTED].find(
    name => columnOf(strats, name) >= 0 && valueAt(strats, totalRow, name) === value
  );
  if (found) return {...EXPLAINERS.strats(strats, totalRow, found), where: item};
  return Math.abs(valueAt(strats, totalRow, 'current_balance') - value) < CENT ? {blocks: largestOfRow(strats, totalRow)} : {};
};

const pageOfShare = (strats, row) => EXPLAINERS.strats(strats, row, 'pct_of_total');
