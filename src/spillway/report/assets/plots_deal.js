// Charts of the deal and its pool, and the tabs that all charts stand under.
function availableRateChart(run) {
  const rates = run.list('quantities').filter(one => one.unit === 'percent');
  const series = [...rates.map(one => asSeries(one)), asSeries(run.get('pool', 'net_rate'), {name: 'Pool net rate', dashed: true})];
  if (run.index) series.push({name: 'Index', values: run.index, dashed: true});
  const count = periodsShown(run, false);
  const reach = values => {
    const list = [...values.subarray(0, count)].sort((a, b) => a - b);
    return list[Math.floor(list.length / 2)];
  };
  const top = Math.max(...series.map(one => reach(one.values)));
  return byPeriod(run, {
    title: rates.length > 0 ? 'Available funds rate and what it is made of' : 'Pool and index rates',
    kind: 'line',
    unit: 'percent',
    series: series.map(one => ({...one, values: Array.from(one.values, v => (v > 3 * top + 1 ? null : v))}))
  });
}

function excessChart(run) {
  const excess = run.get('deal', 'excess_spread');
  if (isFlat(excess)) return null;
  return byPeriod(run, {
    title: 'Excess spread',
    kind: 'bar',
    unit: 'dollars',
    yTitle: 'Excess spread',
    rightUnit: 'percent',
    rightTitle: 'a year on the pool',
    series: [asSeries(excess), asSeries(run.get('deal', 'excess_spread_pct'), {kind: 'line', right: true})]
  });
}

function oversizeChart(run) {
  const oc = run.get('deal', 'overcollateralization'),
    target = run.get('deal', 'oc_target');
  if (isFlat(oc) && isFlat(target)) return null;
  return byPeriod(run, {
    title: target ? 'Overcollateralization against its target' : 'Overcollateralization',
    kind: 'line',
    unit: 'dollars',
    fromZero: true,
    series: [asSeries(oc, {kind: 'area', faint: true}), asSeries(target, {dashed: true, step: true})]
  });
}

function poolChart(run) {
  return byPeriod(run, {
    ofPool: true,
    title: 'Collateral balance, prepayments and defaults',
    kind: 'line',
    unit: 'dollars',
    fromZero: true,
    yTitle: 'Balance',
    rightUnit: 'percent',
    rightTitle: 'a year',
    series: [
      asSeries(run.get('pool', 'balance'), {kind: 'area', faint: true}),
      asSeries(run.get('pool', 'cpr'), {right: true}),
      isFlat(run.get('pool', 'cdr')) ? null : asSeries(run.get('pool', 'cdr'), {right: true})
    ]
  });
}

function collectionsChart(run) {
  const parts = ['scheduled', 'prepaid', 'recoveries', 'net_interest', 'losses']
    .map(name => run.get('pool', name))
    .filter(one => !isFlat(one));
  return byPeriod(run, {
    ofPool: true,
    title: 'What the collateral paid and lost',
    kind: 'bar',
    stacked: true,
    unit: 'dollars',
    series: parts.map(one => asSeries(one))
  });
}

function hedgeChart(run) {
  const notional = run.get('deal', 'hedge_notional'),
    net = run.get('deal', 'hedge_net');
  if (isFlat(notional) && isFlat(net)) return null;
  return byPeriod(run, {
    title: 'Swaps: notional, and net payment to the trust',
    kind: 'line',
    unit: 'dollars',
    fromZero: true,
    yTitle: 'Notional',
    rightUnit: 'dollars',
    rightTitle: 'Net payment',
    series: [asSeries(notional, {kind: 'area', faint: true}), asSeries(net, {kind: 'bar', right: true})]
  });
}

function accountChart(run) {
  const accounts = run.list('accounts').filter(one => !one.isZero);
  if (accounts.length === 0) return null;
  return byPeriod(run, {
    title: 'Accounts against their targets',
    kind: 'line',
    unit: 'dollars',
    fromZero: true,
    series: accounts.map(one => asSeries(one, {dashed: one.title.endsWith(' target')}))
  });
}

function triggerChart(run) {
  const triggers = run.list('triggers');
  if (triggers.every(one => one.isZero)) return null;
  const raised = triggers.map((one, k) => ({
    name: one.title,
    step: true,
    values: Array.from(one.values, v => (v === 0 ? null : triggers.length - k))
  }));
  return byPeriod(run, {
    title: 'Triggers: when each is on',
    kind: 'line',
    unit: '',
    bare: true,
    ofPool: true,
    height: 150 + 20 * triggers.length,
    fromZero: true,
    series: raised
  });
}

function partyChart(run) {
  const parties = run.list('parties').filter(one => !one.isZero);
  if (parties.length === 0) return null;
  return byPeriod(run, {
    ofPool: true,
    title: 'Cash of the other parties',
    kind: 'bar',
    stacked: true,
    unit: 'dollars',
    series: parties.map(one => asSeries(one))
  });
}

// Tabs of the explorer: name, and the charts of a run. A class is chosen where `ofClass` is set.
const TABS = [
  {
    name: 'Classes',
    charts: run => [
      balanceChart(run),
      speedChart(run, 'Average life against speed', 'years', bond => bond?.wal ?? null),
      speedChart(run, 'Discount margin against speed', 'bps', bond =>
        bond?.dm === null || bond?.dm === undefined ? null : 1e4 * bond.dm
      ),
      partyChart(run)
    ]
  },
  {name: 'One class', ofClass: true, charts: (run, bond) => [rateChart(run, bond), cashChart(run, bond)]},
  {name: 'Rates', charts: run => [availableRateChart(run), excessChart(run)]},
  {name: 'Enhancement', charts: run => [oversizeChart(run), triggerChart(run), accountChart(run)]},
  {name: 'Collateral', charts: run => [poolChart(run), collectionsChart(run)]},
  {name: 'Hedges', charts: run => [hedgeChart(run)]}
];
