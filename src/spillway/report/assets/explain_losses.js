// How the cells of the loss tables come about.
const creditRun = table => {
  const plan = tableRun(table, '');
  return plan && runOf(plan.scenario, plan.speed, plan.to_call);
};

const openPeriod = (run, t) => button('Open this period', () => askPeriod(run, t), {class: 'small'});

EXPLAINERS.credit_schedule = (table, row, column) => {
  const run = creditRun('credit_schedule');
  if (!run || row >= run.count) return {};
  const at = name => pool(run, name, row);
  const page = (value, lines) => ({...fromRun(run), recomputed: value, blocks: [valueList(lines), openPeriod(run, row)]});
  const due = sum(run.classes.map(bond => bond.get('interest_due').values[row])),
    hedge = run.get('deal', 'hedge_net').values[row],
    excess = excessOf(run, row);
  const excessLines = [
    ['Net interest collected', at('net_interest'), CENTS],
    ['Net payment of the swaps', hedge, CENTS],
    ['less interest due on the classes', due, CENTS],
    ['= Excess spread', excess, CENTS]
  ];
  const classLines = run.classes
    .filter(bond => !bond.notional)
    .map(bond => [`Class ${bond.name} after the payment`, bond.get('balance').values[row], CENTS]);
  const oc = at('balance') - total(run, 'balance', row);
  if (column === 'excess_spread') return page(excess, excessLines);
  if (column === 'excess_spread_pct')
    return page(at('beginning_balance') < 2000 ? null : (1200 * excess) / at('beginning_balance'), [
      ...excessLines,
      ['Pool before the month', at('beginning_balance'), CENTS],
      ['1200 × the first over the second', (1200 * excess) / at('beginning_balance'), percentOf(6)]
    ]);
  if (column === 'pool_ending') return page(at('balance'), [['Pool after the month', at('balance'), CENTS]]);
  if (column === 'overcollateralization')
    return page(oc, [['Pool after the month', at('balance'), CENTS], ...classLines, ['Pool less classes', oc, CENTS]]);
  if (column === 'realized_losses') return page(at('losses'), [['Realized losses of the month', at('losses'), CENTS]]);
  if (column.endsWith('_enhancement_pct')) return enhancementPage(run, row, column.slice(0, -'_enhancement_pct'.length), page, oc);
  return {...fromRun(run), blocks: [openPeriod(run, row)]};
};

function enhancementPage(run, t, name, page, oc) {
  const bonds = run.classes.filter(bond => !bond.notional);
  const below = bonds.slice(bonds.findIndex(bond => bond.name === name) + 1);
  const balance = oc + sum(below.map(bond => bond.get('balance').values[t])),
    whole = pool(run, 'balance', t);
  if (whole === 0) return {};
  return page((100 * balance) / whole, [
    ['Overcollateralization', oc, CENTS],
    ...below.map(bond => [`Class ${bond.name}`, bond.get('balance').values[t], CENTS]),
    ['Sum', balance, CENTS],
    ['Pool after the month', whole, CENTS],
    ['100 × the sum over the pool', (100 * balance) / whole, percentOf(6)]
  ]);
}

EXPLAINERS.collateral_losses = (table, row, column) => {
  const run = creditRun('collateral_losses');
  const more = {...fromRun(run), blocks: run && row < run.count ? [openPeriod(run, row)] : []};
  const parts = {cumulative_default_pct: ['defaulted'], cumulative_loss_pct: ['realized_losses', 'subsequent_recoveries']}[column];
  if (parts) {
    const upTo = name => sum(columnValues(table, columnOf(table, name)).slice(0, row + 1));
    const amount = upTo(parts[0]) - (parts[1] ? upTo(parts[1]) : 0);
    return {
      ...more,
      recomputed: (100 * amount) / basis.cut_off_balance,
      blocks: [
        valueList([
          [`${table.columns[columnOf(table, parts[0])].title} to date`, upTo(parts[0]), CENTS],
          parts[1] ? ['less subsequent recoveries to date', upTo(parts[1]), CENTS] : null,
          ['Pool at cut-off', basis.cut_off_balance, CENTS],
          ['100 × the amount over the pool', (100 * amount) / basis.cut_off_balance, percentOf(6)]
        ]),
        ...more.blocks
      ]
    };
  }
  const series = run && row < run.count && {defaulted: 'defaulted', recoveries: 'recoveries', realized_losses: 'losses'}[column];
  return series ? {...more, recomputed: pool(run, series, row)} : more;
};

EXPLAINERS.residual = (table, row, column) => {
  if (column !== 'cash') return {};
  if (table.totals.includes(row)) return sumOfRows(table, column, row);
  const run = creditRun('residual');
  if (!run || row >= run.count) return {};
  const value = valueAt(table, row, column);
  const party = run.list('parties').find(one => !one.isZero && Math.abs(one.values[row] - value) < CENT);
  if (!party) return fromRun(run);
  const steps = run.list('steps').filter(step => step.receiver === party.name && step.values[row] !== 0);
  return {
    ...fromRun(run),
    recomputed: sum(steps.map(step => step.values[row])),
    blocks: [
      valueList(steps.map(step => [`Section ${step.section}: ${step.pay.replaceAll('_', ' ')}`, step.values[row], CENTS])),
      openPeriod(run, row)
    ]
  };
};

EXPLAINERS.triggers = (table, row, column) => {
  const run = creditRun('triggers');
  const series = run && run.list('triggers').find(one => one.name === column);
  return series && row < run.count
    ? {...fromRun(run), recomputed: series.values[row] === 0 ? 'off' : 'on', blocks: [openPeriod(run, row)]}
    : {};
};
