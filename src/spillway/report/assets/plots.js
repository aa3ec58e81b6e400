// Charts of a run: what all of them share, and those of the classes.
const monthOf = day => dateText(day, {month_only: true});
const months = (run, count = run.count) => Array.from(run.schedule.dates.subarray(0, count), monthOf);
const isFlat = series => !series || series.isZero;

const MANY_PERIODS = 72; // from here bars are too thin to tell apart

// Periods worth drawing: up to the last with a balance, of the classes alone or of the pool too.
function periodsShown(run, withPool = true) {
  const balances = [...run.classes.map(bond => bond.get('balance')), withPool ? run.get('pool', 'balance') : null].filter(
    one => !isFlat(one)
  );
  let last = 0;
  for (const one of balances) {
    for (let t = run.count - 1; t >= last; t -= 1) if (one.values[t] >= 1) last = t;
  }
  return Math.min(run.count, last + 2);
}

// A chart by period: its series cut to the periods shown, a click opens the period.
function byPeriod(run, chart, most = run.count) {
  const count = Math.min(most, periodsShown(run, Boolean(chart.ofPool)));
  const kind = one => (one.kind === 'bar' && count > MANY_PERIODS ? 'area' : one.kind);
  const series = chart.series
    .filter(one => one && one.values)
    .map(one => ({
      ...one,
      kind: kind(one),
      values: one.values.subarray ? one.values.subarray(0, count) : one.values.slice(0, count)
    }));
  return {...chart, kind: kind(chart), monthly: true, run, series, x: months(run, count), pick: t => askPeriod(run, t)};
}

const asSeries = (series, more = {}) => (series ? {name: series.title, values: series.values, ...more} : null);

function balanceChart(run) {
  const bonds = run.classes.filter(bond => !bond.notional);
  if (bonds.length === 0) return null;
  return byPeriod(run, {
    title: 'Class balances',
    kind: 'area',
    unit: 'dollars',
    series: bonds.map(bond => ({name: bond.name, values: bond.get('balance').values}))
  });
}

// Lives and margins against speed: runs of one scenario to the same end.
function speedChart(run, title, unit, measure) {
  const family = runs.filter(one => one.scenario === run.scenario && one.toCall === run.toCall).sort((a, b) => a.speed - b.speed);
  const series = run.classes
    .map(bond => ({name: bond.name, values: family.map(one => measure(one.classNamed(bond.name)))}))
    .filter(one => one.values.some(value => value !== null));
  if (family.length < 2 || series.length === 0) return null;
  return {
    title,
    kind: 'line',
    unit,
    symbols: true,
    x: family.map(one => `${one.speed}%`),
    xTitle: 'Speed',
    series,
    wholeScenario: true,
    run
  };
}

// Where each of the terms is the least: stretches of periods.
function bindingBands(terms, count) {
  const bands = terms.map(() => []);
  const binding = Array.from({length: count}, (_, t) => bindingTerm(terms, t));
  for (let t = 0; t < count; t += 1) {
    const list = bands[binding[t]];
    if (t > 0 && binding[t] === binding[t - 1]) list[list.length - 1][1] = t;
    else list.push([t, t]);
  }
  // A band reaches to the next one: else one of a single period would have no width.
  return {bands: bands.map(list => list.map(([from, to]) => [from, Math.min(to + 1, count - 1)])), binding};
}

function bindingTerm(terms, t) {
  let least = 0;
  for (let k = 1; k < terms.length; k += 1) if (terms[k].values[t] < terms[least].values[t] - 1e-9) least = k;
  return least;
}

function rateChart(run, bond) {
  if (bond.terms.length === 0) return null;
  const count = Math.min(periodsShown(run, false), lastWith(bond.get('beginning_balance').values, run.count) + 1);
  const {bands, binding} = bindingBands(bond.terms, count);
  const series = bond.terms.map((term, k) => ({
    name: term.title,
    values: capped(term.values, bond.get('rate').values, count),
    bands: bond.terms.length > 1 ? bands[k] : undefined
  }));
  series.push({
    name: `Rate of ${bond.name}`,
    values: bond.get('rate').values,
    front: true,
    dashed: true,
    color: isDark() ? '#ffffff' : '#111827'
  });
  const chart = byPeriod(run, {
    title: `Class ${bond.name}: the terms of its rate, shaded where each binds`,
    kind: 'line',
    unit: 'percent',
    series
  });
  const cut = {
    ...chart,
    x: chart.x.slice(0, count),
    series: chart.series.map(one => ({...one, values: Array.from(one.values).slice(0, count)}))
  };
  return {...cut, note: t => `Binds: ${bond.terms[binding[t]].title}`};
}

const lastWith = (values, count) => {
  for (let t = count - 1; t > 0; t -= 1) if (values[t] >= 1) return t;
  return 0;
};

// A term far above the rate would flatten the others: it leaves the chart at the top.
function capped(values, rates, count) {
  let top = 0;
  for (let t = 0; t < count; t += 1) top = Math.max(top, rates[t]);
  return Array.from(values.subarray(0, count), v => (v > 3 * top + 1 ? null : v));
}

function cashChart(run, bond) {
  const written = bond.get('written_down');
  return byPeriod(
    run,
    {
      title: `Class ${bond.name}: cash`,
      kind: 'bar',
      stacked: true,
      unit: 'dollars',
      series: [
        asSeries(bond.get('principal_paid')),
        asSeries(bond.get('interest_paid')),
        isFlat(bond.get('other_paid')) ? null : asSeries(bond.get('other_paid')),
        isFlat(written) ? null : asSeries(written)
      ].filter(Boolean)
    },
    lastWith(bond.get('beginning_balance').values, run.count) + 2
  );
}
