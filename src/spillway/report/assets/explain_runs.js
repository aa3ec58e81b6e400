// The cells of runs that a table carries for itself: the loss grid, yields, break-evens.
const TO_THE_CENT = 0.03; // dollars: a sum of a few hundred amounts, each carried to 1e-4

// An amount by period, summed.
function amountTable(caption, run, values) {
  const rows = Array.from(values, (value, t) => ({cells: [periodButton(run, t), dateOf(run, t), value]})).filter(
    row => row.cells[2] !== 0
  );
  const columns = [
    {title: 'Period', text: true},
    {title: 'Date', text: true},
    {title: 'Amount', format: CENTS}
  ];
  return stepTable(caption, columns, rows, [{total: true, cells: ['Sum', '', sum(values)]}]);
}

// Balance and written-down amount still owed at the end, from what a class began with.
function owedLines(bond) {
  const all = name => sum(bond.get(name).values);
  const change = all('accrued') - all('principal_paid') - all('written_down') + all('written_up');
  const balance = bond.notional ? 0 : bond.original + change;
  const allocated = all('written_down') - all('written_up') - all('reimbursed');
  const lines = [
    ['Original balance', bond.original, DOLLARS],
    all('accrued') !== 0 ? ['Interest added to it', all('accrued'), CENTS] : null,
    ['less principal paid', all('principal_paid'), CENTS],
    ['less written down', all('written_down'), CENTS],
    all('written_up') !== 0 ? ['Written up', all('written_up'), CENTS] : null,
    ['= Balance at the end', balance, CENTS],
    ['Written down and not made good', allocated, CENTS],
    ['Principal loss', Math.max(0, balance + allocated), CENTS]
  ];
  return {loss: Math.max(0, balance + allocated), lines: bond.notional ? lines.slice(-2) : lines};
}

const LOSS_SERIES = {
  written_down: ['Write-downs', ['written_down']],
  made_good: ['Made good', ['written_up', 'reimbursed']],
  interest_shortfall: ['Interest not paid when due', ['short']]
};

function lossPage(table, run, bond, column) {
  if (LOSS_SERIES[column]) {
    const [caption, names] = LOSS_SERIES[column];
    const values = Float64Array.from({length: run.count}, (_, t) => sum(names.map(name => bond.get(name).values[t])));
    return {recomputed: sum(values), blocks: [amountTable(caption, run, values)]};
  }
  if (column === 'principal_loss' || column === 'principal_loss_pct') {
    const {loss, lines} = owedLines(bond);
    const whole = column === 'principal_loss_pct' && bond.original > 0 && !bond.notional;
    const share = whole ? [['100 × the loss over the original balance', (100 * loss) / bond.original, percentOf(6)]] : [];
    const recomputed = column === 'principal_loss' ? loss : whole ? (100 * loss) / bond.original : 0;
    const principal = amountTable('Principal', run, bond.get('principal_paid').values);
    return {recomputed, blocks: [valueList([...lines, ...share]), principal]};
  }
  if (column === 'first_write_down') {
    const t = bond.get('written_down').values.findIndex(value => value > 0);
    return t < 0 ? {} : {recomputed: t + 1, blocks: [amountTable('Write-downs', run, bond.get('written_down').values)]};
  }
  return {};
}

function partOfPool(run, values) {
  const share = (100 * sum(values)) / basis.cut_off_balance;
  return {
    recomputed: share,
    blocks: [
      valueList([
        ['Losses less subsequent recoveries', sum(values), CENTS],
        ['Pool at cut-off', basis.cut_off_balance, CENTS],
        ['100 × the first over the second', share, percentOf(6)]
      ]),
      amountTable('Losses by period', run, values)
    ]
  };
}

EXPLAINERS.loss_grid = (table, row, column) => {
  const at = name => valueAt(table, row, name);
  const run = partRunOf(
    'loss_grid',
    at('class'),
    one => isNear(one.raw.cdr, at('cdr_pct')) && isNear(one.raw.severity, at('severity_pct')) && isNear(one.speed, at('speed_pct'))
  );
  if (!run) return {};
  const bond = run.classNamed(at('class')),
    byYield = columnOf(table, 'yield_pct') >= 0;
  if (column === 'price') return {...fromRun(run), recomputed: run.price};
  if (column === 'pool_loss_pct') return {...fromRun(run), ...partOfPool(run, run.get('pool', 'losses').values)};
  if (column === 'dm_bps') return classPage(run, bond.name, 'dm');
  if (column === 'wal') return classPage(run, bond.name, 'wal');
  if (column === 'mdur' && !byYield) return classPage(run, bond.name, 'mdur');
  if (column === 'yield_pct' || column === 'mdur') return {...fromRun(run), ...yieldPage(run, bond, column === 'mdur')};
  return {...fromRun(run), within: TO_THE_CENT, ...lossPage(table, run, bond, column)};
};

const LOWEST_YIELD = -0.999;

// The yield at the run's price, or the duration at it.
function yieldPage(run, bond, ofDuration) {
  const cash = run.cash(bond),
    asked = (bond.original * run.price) / 100 + bond.accrued;
  const worth = rate => value30360(run, cash, rate).value;
  if (worth(LOWEST_YIELD) < asked) {
    const lines = [
      ['Cash', sum(cash), CENTS],
      ['Price and accrued interest', asked, CENTS]
    ];
    return {recomputed: ofDuration ? null : '*', blocks: [valueList(lines)]};
  }
  const rate = solveYield(run, cash, asked),
    {value, timed} = value30360(run, cash, rate);
  const columns = [
    {title: 'Period', text: true},
    {title: 'Date', text: true},
    {title: 'Years', format: decimalsOf(6)},
    {title: 'Cash', format: CENTS},
    {title: 'Discount factor', format: decimalsOf(8)},
    {title: 'Present value', format: CENTS}
  ];
  const rows = Array.from(cash, (amount, t) => {
    const years = days30360(basis.settlement, run.schedule.dates[t]) / 360,
      factor = (1 + rate / 2) ** (-2 * years);
    return {cells: [periodButton(run, t), dateOf(run, t), years, amount, factor, amount * factor]};
  }).filter(line => line.cells[3] !== 0);
  const duration = timed / value / (1 + rate / 2);
  return {
    recomputed: ofDuration ? duration : 100 * rate,
    blocks: [
      valueList([
        ['Yield', 100 * rate, percentOf(6)],
        ['Sum of present values', value, CENTS],
        bond.accrued !== 0 ? ['less accrued interest', bond.accrued, CENTS] : null,
        ['Original balance', bond.original, DOLLARS],
        ['Price per 100 at this yield', (100 * (value - bond.accrued)) / bond.original, decimalsOf(6)],
        ['Price asked for', run.price, decimalsOf(6)],
        ofDuration ? ['Present value × years over present value', timed / value, decimalsOf(6)] : null,
        ofDuration ? ['That over 1 + yield / 2', duration, decimalsOf(6)] : null
      ]),
      stepTable('Cash, discounted', columns, rows, [{total: true, cells: ['Sum', '', '', sum(cash), '', value]}])
    ]
  };
}

EXPLAINERS.yields = (table, row, column) => {
  const at = name => valueAt(table, row, name);
  const run = partRunOf('yields', at('class'), one => isNear(one.raw.level, at('index_pct')) && isNear(one.speed, at('psa')));
  if (!run) return {};
  if (column === 'price') return {...fromRun(run), recomputed: run.price};
  return column === 'yield_pct' ? {...fromRun(run), ...yieldPage(run, run.classNamed(at('class')), false)} : {};
};

// How a break-even was searched for: the rates tried, and what the class was short by at each.
function searchOf(row) {
  const raw = book.searches[row];
  raw.open ??= {
    tried: Array.from(unpack(raw.rates, raw.count), (rate, i) => ({run: i + 1, rate, short: unpack(raw.short, raw.count)[i]})),
    losses: unpack(raw.losses, raw.periods)
  };
  const {tried} = raw.open,
    failed = tried.filter(one => one.short > raw.nothing).map(one => one.rate),
    lowest = Math.min(...failed);
  const whole = tried.filter(one => one.rate < lowest && one.short <= raw.nothing).map(one => one.rate);
  return {...raw.open, nothing: raw.nothing, lowest, highest: whole.length > 0 ? Math.max(...whole) : null};
}

function searchTable(search) {
  const columns = [
    {title: 'Run', format: COUNT},
    {title: 'CDR', format: percentOf(6)},
    {title: 'Short by', format: {...CENTS, decimals: 4}},
    {title: 'Whole', text: true}
  ];
  const byRate = [...search.tried].sort((a, b) => a.rate - b.rate);
  const rows = byRate.map(one => ({cells: [one.run, one.rate, one.short, one.short > search.nothing ? 'no' : 'yes']}));
  return stepTable('Rates tried, by rate', columns, rows);
}

EXPLAINERS.break_evens = (table, row, column) => {
  if (!book.searches?.[row]) return {};
  const search = searchOf(row),
    from = {from: 'the search for this break-even, embedded in this page'},
    isFound = search.highest !== null && Number.isFinite(search.lowest);
  if (column === 'pool_loss_pct' && isFound) {
    const share = (100 * sum(search.losses)) / basis.cut_off_balance;
    const columns = [
      {title: 'Period', text: true},
      {title: 'Losses less subsequent recoveries', format: CENTS}
    ];
    const rows = Array.from(search.losses, (value, t) => ({cells: [String(t + 1), value]})).filter(line => line.cells[1] !== 0);
    return {
      ...from,
      recomputed: share,
      blocks: [
        valueList([
          ['Losses less subsequent recoveries', sum(search.losses), CENTS],
          ['Pool at cut-off', basis.cut_off_balance, CENTS],
          ['100 × the first over the second', share, percentOf(6)]
        ]),
        stepTable('Losses by period', columns, rows, [{total: true, cells: ['Sum', sum(search.losses)]}])
      ]
    };
  }
  if (column === 'evaluations') return {...from, recomputed: search.tried.length, blocks: [searchTable(search)]};
  if (column === 'outcome' || (column === 'cdr_pct' && isFound)) return {...from, ...searchPage(search, column, isFound)};
  return {};
};

function searchPage(search, column, isFound) {
  const outcome = search.highest === null ? 'short without defaults' : isFound ? 'found' : 'never, up to 100% CDR';
  const shortAt = rate => search.tried.find(one => one.rate === rate)?.short;
  return {
    recomputed: column === 'outcome' ? outcome : search.highest,
    blocks: [
      valueList([
        ['Highest rate tried at which the class is whole', search.highest, percentOf(8)],
        ['It is short there by', shortAt(search.highest), {...CENTS, decimals: 6}],
        ['What counts as nothing', search.nothing, {...CENTS, decimals: 6}],
        isFound ? ['Lowest rate tried at which it is not', search.lowest, percentOf(8)] : null,
        isFound ? ['It is short there by', shortAt(search.lowest), {...CENTS, decimals: 6}] : null
      ]),
      searchTable(search)
    ]
  };
}
