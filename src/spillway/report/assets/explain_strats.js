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

// The sums of one row of a stratification, from the cross-tab's of a pair that it is in; null if no pair has all its loans.
function rowSums(table, row) {
  const at = book.cross ? book.cross.tables.findIndex(one => one.name === valueAt(table, row, 'table')) : -1;
  const label = at < 0 ? -1 : book.cross.tables[at].labels.indexOf(valueAt(table, row, 'label'));
  for (let other = 0; label >= 0 && other < book.cross.tables.length; other += 1) {
    if (other === at) continue;
    const sums = crossCells(at, other).rowTotals.get(label);
    if (sums && sums.loans === valueAt(table, row, 'loan_count')) return sums;
  }
  return null;
}

function weightedPage(table, row, column, totalRow) {
  const value = valueAt(table, row, column),
    balance = valueAt(table, row, 'current_balance');
  const sums = column === 'gross_wac' && row !== totalRow ? rowSums(table, row) : null;
  if (sums) {
    return {
      recomputed: sums.product / sums.balance,
      blocks: [
        valueList([
          ['Sum of balance × gross rate', sums.product, AMOUNT],
          ['Balance of the row', sums.balance, CENTS],
          ['Loans', sums.loans, COUNT],
          ['The first over the second', sums.product / sums.balance, decimalsOf(6)]
        ])
      ]
    };
  }
  if (row !== totalRow) {
    return {
      blocks: [
        valueList([
          ['Sum of balance × value', value * balance, AMOUNT],
          ['Balance of the row', balance, CENTS],
          ['The average', value, decimalsOf(6)],
          [
            "Its part of the table's average",
            totalRow < 0 ? null : (value * balance) / valueAt(table, totalRow, 'current_balance'),
            decimalsOf(6)
          ]
        ]),
        paragraph(
          'Weighted by current balance over the loans that have the value. The sum is the average times the balance.',
          'hint'
        )
      ]
    };
  }
  const names = columnValues(table, columnOf(table, 'table'));
  const rows = names.map((name, r) => r).filter(r => names[r] === names[row] && r !== row && valueAt(table, r, column) !== null);
  const balances = rows.map(r => valueAt(table, r, 'current_balance')),
    products = rows.map((r, i) => balances[i] * valueAt(table, r, column));
  const average = sum(products) / sum(balances),
    format = formatAt(table, row, columnOf(table, column));
  const agrees = numberText(average, format) === numberText(value, format);
  return {
    recomputed: agrees ? average : null,
    blocks: [
      stepTable(
        'Rows, weighted by balance',
        [
          {title: 'Row', text: true},
          {title: 'Balance', format: CENTS},
          {title: 'Average', format: decimalsOf(4)},
          {title: 'Balance × average', format: CENTS}
        ],
        rows.map((r, i) => ({cells: [valueAt(table, r, 'label'), balances[i], valueAt(table, r, column), products[i]]})),
        [{total: true, cells: ['Sum', sum(balances), average, sum(products)]}]
      ),
      agrees ? null : paragraph('Loans without the value carry no weight; the rows do not say how much that is.', 'hint')
    ].filter(Boolean)
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
