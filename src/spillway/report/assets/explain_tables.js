// How the cells of each data table come about, where the page carries what they are made of.
const tableRun = (table, column) =>
  basis.runs.find(one => one.table === table && one.column === column) ||
  basis.runs.find(one => one.table === table && one.column === '');
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
  return {
    recomputed: sum(values),
    blocks: [
      stepTable(
        'The rows it adds up',
        [
          {title: 'Row', text: true},
          {title: table.columns[columnOf(table, column)].title, format}
        ],
        rows.map((r, i) => ({cells: [valueText(valueAt(table, r, label), formatAt(table, r, columnOf(table, label))), values[i]]})),
        [{total: true, cells: ['Sum', sum(values)]}]
      )
    ]
  };
}

const sameBlock = (table, a, b) => columnOf(table, 'table') < 0 || valueAt(table, a, 'table') === valueAt(table, b, 'table');

EXPLAINERS.credit_enhancement = (table, row, column) => {
  const any = runs[0];
  if (column !== 'subordination_pct' || !any) return {};
  const below = any.classes.slice(any.classes.findIndex(bond => bond.name === valueAt(table, row, 'class')) + 1);
  const balance = sum(below.map(bond => bond.original));
  return {
    recomputed: (100 * (balance + basis.enhancement_target)) / basis.cut_off_balance,
    from: 'the deal file and the pool at cut-off',
    blocks: [
      valueList([
        ...below.map(bond => [`Class ${bond.name}`, bond.original, DOLLARS]),
        ['Overcollateralization target', basis.enhancement_target, CENTS],
        ['Sum', balance + basis.enhancement_target, CENTS],
        ['Pool at cut-off', basis.cut_off_balance, CENTS],
        ['100 × the sum over the pool', (100 * (balance + basis.enhancement_target)) / basis.cut_off_balance, percentOf(6)]
      ])
    ]
  };
};

EXPLAINERS.available_rate = (table, row, column) => {
  const plan = tableRun('available_rate', column);
  const run = plan && runOf(plan.scenario, plan.speed, plan.to_call);
  const series = run && quantityNamed(run, plan.quantity);
  if (!series || row >= run.count) return {};
  return {
    ...fromRun(run),
    recomputed: series.formula ? quantityValue(run, row, series) : null,
    blocks: [
      ...quantityBlocks(run, row, series),
      heading('Collateral of the month'),
      collateralBlock(run, row),
      ...hedgeBlock(run, row),
      heading('Payments, step by step'),
      ...stepsBlock(run, row),
      ...termsBlock(run, row),
      button('Open this period', () => askPeriod(run, row), {class: 'small'})
    ]
  };
};

function decrementLife(run, bond) {
  let before = bond.original,
    declined = 0,
    weighted = 0;
  const rows = [];
  bond.get('balance').values.forEach((after, t) => {
    const decline = Math.max(0, before - after);
    const years = days30360(basis.settlement, run.schedule.dates[t]) / 360;
    declined += decline;
    weighted += decline * years;
    if (decline > 0) rows.push({cells: [periodButton(run, t), dateOf(run, t), years, decline, decline * years]});
    before = after;
  });
  const columns = [
    {title: 'Period', text: true},
    {title: 'Date', text: true},
    {title: 'Years', format: decimalsOf(4)},
    {title: 'Decline', format: CENTS},
    {title: 'Decline × years', format: CENTS}
  ];
  return {
    recomputed: declined > 0 ? weighted / declined : null,
    blocks: [
      valueList([
        ['Sum of decline × years', weighted, CENTS],
        ['Sum of declines', declined, CENTS],
        ['The first over the second', weighted / declined, decimalsOf(6)]
      ]),
      stepTable('Declines of the balance', columns, rows, [{total: true, cells: ['Sum', '', '', declined, weighted]}]),
      ...loansOfRun(run, false)
    ]
  };
}

const decrementText = percent => (percent >= 1e-6 && percent < 0.5 ? '*' : String(roundHalfAway(percent, 0)));

// The run of a cell: one that the table carries itself, or one that a reader can choose.
function decrementRun(table, row, column) {
  const speed = valueAt(table, row, 'psa'),
    plan = tableRun('decrements', column);
  return (
    partRunOf('decrements', valueAt(table, row, 'class'), run => isNear(run.speed, speed)) ||
    (plan && runOf(plan.scenario, speed, false))
  );
}

EXPLAINERS.decrements = (table, row, column) => {
  const run = column === 'percent' && decrementRun(table, row, column);
  const bond = run && run.classNamed(valueAt(table, row, 'class')),
    date = valueAt(table, row, 'date');
  if (!bond) return {};
  if (date === 'Initial Percent')
    return {...fromRun(run), recomputed: '100', blocks: [valueList([['Original balance', bond.original, DOLLARS]])]};
  if (date === 'WAL_years') return {...fromRun(run), ...decrementLife(run, bond)};
  const [month, year] = date.split(' ');
  const first = new Date(run.schedule.dates[0] * DAY);
  const t = 12 * (Number(year) - first.getUTCFullYear()) + MONTHS.indexOf(month.slice(0, 3)) - first.getUTCMonth();
  if (t >= run.count) return {...fromRun(run), recomputed: '0', blocks: [paragraph('The run is over by then.')]};
  if (t < 0) return {...fromRun(run), recomputed: '100', blocks: [paragraph('Nothing has been paid by then.')]};
  const balance = bond.get('balance').values[t],
    percent = (100 * balance) / bond.original;
  return {
    ...fromRun(run),
    recomputed: decrementText(percent),
    blocks: [
      valueList([
        [`Balance after period ${t + 1}, ${dateOf(run, t)}`, balance, CENTS, run.isPart ? null : () => askPeriod(run, t)],
        ['Original balance', bond.original, DOLLARS],
        ['100 × the first over the second', percent, decimalsOf(6)]
      ]),
      balanceTable(run, bond, t)
    ]
  };
};

// What each period left of the balance, up to one.
function balanceTable(run, bond, last) {
  const balances = bond.get('balance').values,
    before = t => (t > 0 ? balances[t - 1] : bond.original);
  const rows = Array.from({length: last + 1}, (_, t) => ({
    cells: [periodButton(run, t), dateOf(run, t), before(t), balances[t] - before(t), balances[t]]
  })).filter(row => row.cells[3] !== 0);
  const columns = [
    {title: 'Period', text: true},
    {title: 'Date', text: true},
    ...['Balance before', 'Change', 'Balance after'].map(title => ({title, format: CENTS}))
  ];
  const total = ['Sum', '', bond.original, balances[last] - bond.original, balances[last]];
  return stepTable('The balance by period', columns, rows, [{total: true, cells: total}]);
}
