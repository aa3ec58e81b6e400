// Average life, discount margin, duration and windows, from a class's cash by period.
const periodButton = (run, t) =>
  run.isPart ? String(t + 1) : button(String(t + 1), () => askPeriod(run, t), {class: 'inline', title: 'Open this period'});
const dateOf = (run, t) => isoDate(run.schedule.dates[t]);
const HALF_CENT = 0.005;

function lifeOf(run, bond) {
  const principal = bond.get('principal_paid').values,
    rows = [];
  let paid = 0,
    weighted = 0;
  for (let t = 0; t < run.count; t += 1) {
    if (principal[t] === 0) continue;
    const years = yearFraction(basis.average_life, basis.settlement, run.schedule.dates[t]);
    paid += principal[t];
    weighted += principal[t] * years;
    rows.push({cells: [periodButton(run, t), dateOf(run, t), years, principal[t], principal[t] * years]});
  }
  return {value: paid > 0 ? weighted / paid : null, rows, paid, weighted};
}

// Present value at a margin: factors by period, dollars, and dollars x years.
function presentValue(run, cash, margin) {
  const {dates} = run.schedule;
  let factor = 1,
    years = 0,
    value = 0,
    timed = 0;
  const rows = [];
  for (let t = 0; t < run.count; t += 1) {
    const days = dates[t] - (t > 0 ? dates[t - 1] : basis.settlement);
    const index = run.index ? run.index[t] / 100 : 0;
    factor /= 1 + ((index + margin) * days) / 360;
    years += days / 360;
    value += cash[t] * factor;
    timed += cash[t] * factor * years;
    rows.push({days, index, factor, years, present: cash[t] * factor});
  }
  return {value, timed, rows};
}

// The margin at which the class is worth its price: halving the bracket, as the price falls while the margin rises.
function solveMargin(run, bond, cash) {
  const price = margin => (100 * (presentValue(run, cash, margin).value - bond.accrued)) / bond.original - run.price;
  let low = -0.5,
    high = 2;
  if (!(price(low) >= 0 && price(high) <= 0)) return null;
  for (let k = 0; k < 80; k += 1) {
    const middle = (low + high) / 2;
    if (price(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const bondYield = (run, margin) => 2 * ((1 + (((run.index ? run.index[0] / 100 : 0) + margin) * (365.25 / 12)) / 360) ** 6 - 1);

function value30360(run, cash, yieldRate) {
  let value = 0,
    timed = 0;
  for (let t = 0; t < run.count; t += 1) {
    const years = days30360(basis.settlement, run.schedule.dates[t]) / 360;
    const present = cash[t] * (1 + yieldRate / 2) ** (-2 * years);
    value += present;
    timed += present * years;
  }
  return {value, timed};
}

function solveYield(run, cash, target) {
  let low = LOWEST_YIELD,
    high = 1e4;
  for (let k = 0; k < 100; k += 1) {
    const middle = (low + high) / 2;
    if (value30360(run, cash, middle).value > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function durationOf(run, cash, margin) {
  const {value, timed} = presentValue(run, cash, margin);
  if (basis.duration === 'margin_sensitivity') {
    const step = 1e-5;
    const moved = (presentValue(run, cash, margin - step).value - presentValue(run, cash, margin + step).value) / (2 * step);
    return {
      value: moved / value,
      lines: [
        ['Present value', value, CENTS],
        ['Fall of it per unit of margin', moved, CENTS],
        ['The second over the first', moved / value, decimalsOf(6)]
      ]
    };
  }
  const other = basis.duration === 'semiannual_30_360';
  const rate = other ? solveYield(run, cash, value) : bondYield(run, margin);
  const at = other ? value30360(run, cash, rate) : {value, timed};
  const macaulay = at.timed / at.value;
  return {
    value: macaulay / (1 + rate / 2),
    lines: [
      ['Present value', at.value, CENTS],
      ['Present value × years', at.timed, CENTS],
      ['Macaulay duration: the second over the first', macaulay, decimalsOf(6)],
      ['Bond-equivalent yield', 100 * rate, percentOf(6)],
      ['Macaulay over 1 + yield / 2', macaulay / (1 + rate / 2), decimalsOf(6)]
    ]
  };
}

function presentTable(run, cash, margin, withYears) {
  const pv = presentValue(run, cash, margin);
  const columns = [
    {title: 'Period', text: true},
    {title: 'Date', text: true},
    {title: 'Cash', format: CENTS},
    {title: 'Index + DM', format: percentOf(4)},
    {title: 'Days', format: COUNT},
    {title: 'Discount factor', format: decimalsOf(8)},
    {title: 'Present value', format: CENTS},
    ...(withYears
      ? [
          {title: 'Years', format: decimalsOf(4)},
          {title: 'PV × years', format: CENTS}
        ]
      : [])
  ];
  const rows = pv.rows
    .map((row, t) => ({
      paid: cash[t],
      cells: [
        periodButton(run, t),
        dateOf(run, t),
        cash[t],
        100 * (row.index + margin),
        row.days,
        row.factor,
        row.present,
        ...(withYears ? [row.years, row.present * row.years] : [])
      ]
    }))
    .filter(row => row.paid !== 0);
  const totals = [{total: true, cells: ['Sum', '', sum(cash), '', '', '', pv.value, ...(withYears ? ['', pv.timed] : [])]}];
  return stepTable('Cash, discounted', columns, rows, totals);
}

function windowOf(run, bond) {
  const principal = bond.get('principal_paid').values;
  const paying = t => principal[t] >= HALF_CENT - 1e-9;
  let first = 0,
    last = 0;
  for (let t = 0; t < run.count; t += 1)
    if (paying(t)) {
      first ||= t + 1;
      last = t + 1;
    }
  return last > 0 ? [first, last] : null;
}

function windowBlocks(run, bond, window) {
  if (!window) return [paragraph('No principal is paid.')];
  const principal = bond.get('principal_paid').values;
  return [
    valueList([
      [
        `First principal: period ${window[0]}`,
        `${dateOf(run, window[0] - 1)} · ${shown(principal[window[0] - 1], CENTS)}`,
        null,
        () => askPeriod(run, window[0] - 1)
      ],
      [
        `Last principal: period ${window[1]}`,
        `${dateOf(run, window[1] - 1)} · ${shown(principal[window[1] - 1], CENTS)}`,
        null,
        () => askPeriod(run, window[1] - 1)
      ]
    ])
  ];
}

// What one measure of a class is made of: {value, blocks}.
function measureOf(run, bond, key) {
  const {value, blocks} = cashOfMeasure(run, bond, key);
  return {value, blocks: [...blocks, ...loansOfRun(run, ['dm', 'mdur'].includes(key))]};
}

function cashOfMeasure(run, bond, key) {
  const cash = run.cash(bond);
  if (key === 'wal') {
    const life = lifeOf(run, bond);
    const columns = [
      {title: 'Period', text: true},
      {title: 'Date', text: true},
      {title: 'Years', format: decimalsOf(4)},
      {title: 'Principal', format: CENTS},
      {title: 'Principal × years', format: CENTS}
    ];
    return {
      value: life.value,
      blocks: [
        valueList([
          ['Sum of principal × years', life.weighted, CENTS],
          ['Sum of principal', life.paid, CENTS],
          ['The first over the second', life.value, decimalsOf(6)]
        ]),
        stepTable('Principal by period', columns, life.rows, [{total: true, cells: ['Sum', '', '', life.paid, life.weighted]}])
      ]
    };
  }
  if (key === 'window') {
    const window = windowOf(run, bond);
    return {value: window, blocks: windowBlocks(run, bond, window)};
  }
  const margin = solveMargin(run, bond, cash);
  if (margin === null) return {value: null, blocks: [paragraph('No discount margin between -50% and 200% gives the price.')]};
  const accrued = bond.accrued !== 0 ? ['Accrued interest at settlement', bond.accrued, CENTS] : null;
  if (key === 'dm') {
    const {value} = presentValue(run, cash, margin);
    return {
      value: 1e4 * margin,
      blocks: [
        valueList([
          ['Sum of present values', value, CENTS],
          accrued,
          ['Original balance', bond.original, DOLLARS],
          ['Price per 100 at this margin', (100 * (value - bond.accrued)) / bond.original, decimalsOf(6)],
          ['Price asked for', run.price, decimalsOf(6)]
        ]),
        presentTable(run, cash, margin, false)
      ]
    };
  }
  const duration = durationOf(run, cash, margin);
  return {
    value: duration.value,
    blocks: [
      valueList([['Discount margin at the price', 1e4 * margin, {...decimalsOf(4), suffix: ' bps'}], ...duration.lines]),
      presentTable(run, cash, margin, true)
    ]
  };
}

function askMeasure(run, bond, measure) {
  const found = measureOf(run, bond, measure.key);
  const known = {wal: 'wal', dm: 'dm_bps', mdur: 'mdur'}[measure.key];
  const what = dataTables.get('dm_tables')?.columns.find(column => column.name === known) || {};
  const page = {
    title: measure.title,
    where: `Class ${bond.name} · ${run.words}`,
    words: what.words,
    symbols: what.symbols,
    page: what.page,
    source: what.source,
    blocks: found.blocks,
    from: `the run ${run.words}, embedded in this page`
  };
  if (measure.key === 'window')
    openPanel({...page, printed: windowWords(run, bond), recomputed: windowWords(run, {window: found.value})});
  else
    openPanel({
      ...page,
      printed: numberText(measure.of(bond), measure.format),
      recomputed: found.value,
      format: measure.format,
      exact: measure.of(bond)
    });
}

function askSeriesSum(run, bond, name) {
  const series = bond.get(name);
  const rows = Array.from(series.values, (value, t) => ({value, cells: [periodButton(run, t), dateOf(run, t), value]})).filter(
    row => row.value !== 0
  );
  openPanel({
    title: series.title,
    where: `Class ${bond.name} · ${run.words}`,
    printed: numberText(sum(series.values), DOLLARS),
    recomputed: sum(series.values),
    format: DOLLARS,
    blocks: [
      stepTable(
        `${series.title} by period`,
        [
          {title: 'Period', text: true},
          {title: 'Date', text: true},
          {title: series.title, format: CENTS}
        ],
        rows,
        [{total: true, cells: ['Sum', '', sum(series.values)]}]
      ),
      ...loansOfRun(run, true)
    ],
    from: `the run ${run.words}, embedded in this page`
  });
}
