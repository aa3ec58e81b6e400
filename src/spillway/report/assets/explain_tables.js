// How the cells of each data table come about, where the page carries what they are made of.
const tableRun = (table, column) => basis.runs.find(one => one.table === table && one.column === column) || basis.runs.find(one => one.table === table && one.column === '');
const fromRun = run => (run ? {from: `the run ${run.words}, embedded in this page`} : {});

function classPage(run, name, key, scale = 1) {
  const bond = run?.classNamed(name);
  if (!bond || basis.settlement === null) return {};
  const found = measureOf(run, bond, key);
  return {...fromRun(run), blocks: found.blocks, recomputed: found.value === null ? null : scale * found.value, found};
}

const monthText = (run, period) => (period > 0 ? monthOf(run.schedule.dates[period - 1]) : '');

EXPLAINERS.dm_tables = (table, row, column) => {
  const plan = tableRun('dm_tables', column);
  const run = plan && runOf(plan.scenario, valueAt(table, row, 'speed_pct'), valueAt(table, row, 'scenario') === 'call');
  const name = valueAt(table, row, 'class');
  if (column === 'dm_bps') return classPage(run, name, 'dm');
  if (column === 'wal' || column === 'mdur') return classPage(run, name, column);
  if (column === 'first_prin' || column === 'last_prin') {
    const page = classPage(run, name, 'window');
    return page.found?.value ? {...page, recomputed: monthText(run, page.found.value[column === 'first_prin' ? 0 : 1])} : page;
  }
  if (column === 'balance') return {recomputed: run?.classNamed(name)?.original};
  return {};
};

EXPLAINERS.class_summary = (table, row, column) => {
  const name = valueAt(table, row, 'class');
  if (table.totals.includes(row)) return column === 'balance' ? sumOfRows(table, column, row) : {};
  const [measure, end] = column.split('_');
  const plan = tableRun('class_summary', column);
  if (column === 'last_scheduled') {
    const run = plan && runOf(plan.scenario, 0, false);
    const page = classPage(run, name, 'window');
    return page.found?.value ? {...page, recomputed: monthText(run, page.found.value[1])} : page;
  }
  const run = plan && runOf(plan.scenario, plan.speed, end === 'call');
  if (measure === 'wal' || measure === 'mdur') return classPage(run, name, measure);
  if (measure === 'window') {
    const page = classPage(run, name, 'window');
    return page.found?.value ? {...page, recomputed: page.found.value.join('-')} : page;
  }
  return {};
};

// A total as the sum of the rows of its table.
function sumOfRows(table, column, totalRow) {
  const label = table.columns[table.keys[table.keys.length - 1]].name;
  const rows = [];
  for (let r = totalRow - 1; r >= 0 && !table.totals.includes(r) && sameBlock(table, r, totalRow); r -= 1) rows.unshift(r);
  const values = rows.map(r => valueAt(table, r, column));
  const format = formatAt(table, totalRow, columnOf(table, column));
  return {recomputed: sum(values), blocks: [stepTable('The rows it adds up', [{title: 'Row', text: true}, {title: table.columns[columnOf(table, column)].title, format}],
    rows.map((r, i) => ({cells: [valueText(valueAt(table, r, label), formatAt(table, r, columnOf(table, label))), values[i]]})), [{total: true, cells: ['Sum', sum(values)]}])]};
}

const sameBlock = (table, a, b) => columnOf(table, 'table') < 0 || valueAt(table, a, 'table') === valueAt(table, b, 'table');

EXPLAINERS.credit_enhancement = (table, row, column) => {
  const any = runs[0];
  if (column !== 'subordination_pct' || !any) return {};
  const below = any.classes.slice(any.classes.findIndex(bond => bond.name === valueAt(table, row, 'class')) + 1);
  const balance = sum(below.map(bond => bond.original));
  return {recomputed: 100 * (balance + basis.enhancement_target) / basis.cut_off_balance, from: 'the deal file and the pool at cut-off',
    blocks: [valueList([...below.map(bond => [`Class ${bond.name}`, bond.original, DOLLARS]), ['Overcollateralization target', basis.enhancement_target, CENTS], ['Sum', balance + basis.enhancement_target, CENTS],
      ['Pool at cut-off', basis.cut_off_balance, CENTS], ['100 × the sum over the pool', 100 * (balance + basis.enhancement_target) / basis.cut_off_balance, percentOf(6)]])]};
};

EXPLAINERS.available_rate = (table, row, column) => {
  const plan = tableRun('available_rate', column);
  const run = plan && runOf(plan.scenario, plan.speed, plan.to_call);
  const series = run && quantityNamed(run, plan.quantity);
  if (!series || row >= run.count) return {};
  return {...fromRun(run), recomputed: series.formula ? quantityValue(run, row, series) : null, blocks: [...quantityBlocks(run, row, series), heading('Collateral of the month'), collateralBlock(run, row), ...hedgeBlock(run, row),
    heading('Payments, step by step'), ...stepsBlock(run, row), ...termsBlock(run, row), button('Open this period', () => askPeriod(run, row), {class: 'small'})]};
};

function decrementLife(run, bond) {
  let before = bond.original, declined = 0, weighted = 0;
  const rows = [];
  bond.get('balance').values.forEach((after, t) => {
    const decline = Math.max(0, before - after);
    const years = days30360(basis.settlement, run.schedule.dates[t]) / 360;
    declined += decline;
    weighted += decline * years;
    if (decline > 0) rows.push({cells: [periodButton(run, t), dateOf(run, t), years, decline, decline * years]});
    before = after;
  });
  const columns = [{title: 'Period', text: true}, {title: 'Date', text: true}, {title: 'Years', format: decimalsOf(4)}, {title: 'Decline', format: CENTS}, {title: 'Decline × years', format: CENTS}];
  return {recomputed: declined > 0 ? weighted / declined : null, blocks: [valueList([['Sum of decline × years', weighted, CENTS], ['Sum of declines', declined, CENTS], ['The first over the second', weighted / declined, decimalsOf(6)]]),
    stepTable('Declines of the balance', columns, rows, [{total: true, cells: ['Sum', '', '', declined, weighted]}])]};
}

const decrementText = percent => (percent >= 1e-6 && percent < 0.5 ? '*' : String(roundHalfAway(percent, 0)));

EXPLAINERS.decrements = (table, row, column) => {
  const plan = tableRun('decrements', column);
  const run = plan && column === 'percent' && runOf(plan.scenario, valueAt(table, row, 'psa'), false);
  const bond = run && run.classNamed(valueAt(table, row, 'class')), date = valueAt(table, row, 'date');
  if (!bond || date === 'Initial Percent') return {};
  if (date === 'WAL_years') return {...fromRun(run), ...decrementLife(run, bond)};
  const [month, year] = date.split(' ');
  const t = run.schedule.dates.findIndex(day => `${MONTHS[new Date(day * DAY).getUTCMonth()]}${new Date(day * DAY).getUTCFullYear()}` === month.slice(0, 3) + year);
  if (t >= run.count) return {...fromRun(run), recomputed: '0', blocks: [paragraph('The run is over by then.')]};
  if (t < 0) return {};
  const balance = bond.get('balance').values[t], percent = 100 * balance / bond.original;
  return {...fromRun(run), recomputed: decrementText(percent), blocks: [valueList([[`Balance after period ${t + 1}, ${dateOf(run, t)}`, balance, CENTS, () => askPeriod(run, t)], ['Original balance', bond.original, DOLLARS],
    ['100 × the first over the second', percent, decimalsOf(6)]])]};
};

const WEIGHTED = ['gross_wac', 'net_wac', 'remaining_term', 'age', 'fico', 'orig_ltv', 'wa_months_to_roll'];

EXPLAINERS.strats = (table, row, column) => {
  const totalRow = stratTotal(table, row);
  const balance = valueAt(table, row, 'current_balance'), all = totalRow < 0 ? balance : valueAt(table, totalRow, 'current_balance');
  const place = {where: `${stratTitle(table, row)} · ${valueAt(table, row, 'label') || 'Total'}`, from: `tables/strats.csv, column ${column}; sums over the loans of the tape`};
  if (column === 'pct_of_total') {
    return {...place, recomputed: 100 * balance / all, blocks: [valueList([['Balance of the row', balance, CENTS], ['Balance of the table', all, CENTS], ['100 × the first over the second', 100 * balance / all, percentOf(6)]])]};
  }
  if (column === 'average_balance') {
    const loans = valueAt(table, row, 'loan_count');
    return {...place, recomputed: balance / loans, blocks: [valueList([['Balance', balance, CENTS], ['Loans', loans, COUNT], ['The first over the second', balance / loans, CENTS]])]};
  }
  if (row === totalRow && ['current_balance', 'loan_count'].includes(column)) return {...place, ...sumOfRows(table, column, row)};
  if (WEIGHTED.includes(column)) return {...place, ...weightedPage(table, row, column, totalRow)};
  return place;
};

const stratTotal = (table, row) => table.totals.find(r => valueAt(table, r, 'table') === valueAt(table, row, 'table')) ?? totalByFlag(table, row);

function totalByFlag(table, row) {
  const flags = columnValues(table, columnOf(table, 'is_total')), names = columnValues(table, columnOf(table, 'table'));
  return flags.findIndex((flag, r) => Number(flag) === 1 && names[r] === names[row]);
}

const stratTitle = (table, row) => document.querySelector(`.table[data-name="${CSS.escape(valueAt(table, row, 'table'))}"]`)?.closest('section')?.querySelector('h2')?.textContent || valueAt(table, row, 'table');

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
  const value = valueAt(table, row, column), balance = valueAt(table, row, 'current_balance');
  const sums = column === 'gross_wac' && row !== totalRow ? rowSums(table, row) : null;
  if (sums) {
    return {recomputed: sums.product / sums.balance, blocks: [valueList([['Sum of balance × gross rate', sums.product, decimalsOf(2)], ['Balance of the row', sums.balance, CENTS], ['Loans', sums.loans, COUNT],
      ['The first over the second', sums.product / sums.balance, decimalsOf(6)]])]};
  }
  if (row !== totalRow) {
    return {blocks: [valueList([['Sum of balance × value', value * balance, decimalsOf(2)], ['Balance of the row', balance, CENTS], ['The average', value, decimalsOf(6)],
      ['Its part of the table\'s average', totalRow < 0 ? null : value * balance / valueAt(table, totalRow, 'current_balance'), decimalsOf(6)]]), paragraph('Weighted by current balance over the loans that have the value. The sum is the average times the balance.', 'hint')]};
  }
  const names = columnValues(table, columnOf(table, 'table'));
  const rows = names.map((name, r) => r).filter(r => names[r] === names[row] && r !== row && valueAt(table, r, column) !== null);
  const balances = rows.map(r => valueAt(table, r, 'current_balance')), products = rows.map((r, i) => balances[i] * valueAt(table, r, column));
  const average = sum(products) / sum(balances), format = formatAt(table, row, columnOf(table, column));
  const agrees = numberText(average, format) === numberText(value, format);
  return {recomputed: agrees ? average : null, blocks: [stepTable('Rows, weighted by balance', [{title: 'Row', text: true}, {title: 'Balance', format: CENTS}, {title: 'Average', format: decimalsOf(4)}, {title: 'Balance × average', format: CENTS}],
    rows.map((r, i) => ({cells: [valueAt(table, r, 'label'), balances[i], valueAt(table, r, column), products[i]]})), [{total: true, cells: ['Sum', sum(balances), average, sum(products)]}]),
    agrees ? null : paragraph('Loans without the value carry no weight; the rows do not say how much that is.', 'hint')].filter(Boolean)};
}

EXPLAINERS.pool_summary = (table, row, column) => {
  const item = valueAt(table, row, 'item'), strats = dataTables.get('strats');
  if (column !== 'value' || !strats) return {};
  const colon = item.indexOf(': ');
  const value = valueAt(table, row, 'value');
  const same = r => valueAt(strats, r, 'label') === item.slice(colon + 2) && Math.abs(valueAt(strats, r, 'pct_of_total') - value) < 1e-9 * Math.max(1, value);
  const match = colon > 0 ? Array.from({length: strats.count}, (_, r) => r).find(same) : undefined;
  if (match !== undefined) return {...pageOfShare(strats, match), where: item};
  const totalRow = totalByFlag(strats, 0);
  const found = ['current_balance', 'loan_count', 'average_balance', ...WEIGHTED].find(name => columnOf(strats, name) >= 0 && valueAt(strats, totalRow, name) === value);
  return found ? {...EXPLAINERS.strats(strats, totalRow, found), where: item} : {};
};

const pageOfShare = (strats, row) => EXPLAINERS.strats(strats, row, 'pct_of_total');
