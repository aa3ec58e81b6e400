// One period of a run: what the collateral brought, what each step paid, what became of the classes; the deal's own terms.
const CENT = 0.015;

function collateralBlock(run, t) {
  const at = name => pool(run, name, t) ?? 0;
  const parts = [
    ['Scheduled principal', 'scheduled'],
    ['Prepaid principal', 'prepaid'],
    ['Recoveries', 'recoveries'],
    ['Realized losses', 'losses']
  ].filter(([, name]) => at(name) !== 0 || name === 'scheduled' || name === 'prepaid');
  const other = at('beginning_balance') - sum(parts.map(([, name]) => at(name))) - at('balance');
  return valueList([
    ['Balance before the month', at('beginning_balance'), CENTS],
    ...parts.map(([title, name]) => [`less ${title.toLowerCase()}`, at(name), CENTS]),
    Math.abs(other) > CENT ? ['less principal advanced, or redeemed by a call', other, CENTS] : null,
    ['= Balance after the month', at('balance'), CENTS],
    ['Gross interest', at('gross_interest'), CENTS],
    ['less fees', at('fees'), CENTS],
    ['= Net interest', at('net_interest'), CENTS],
    at('defaulted') !== 0 ? ['Balance that defaulted', at('defaulted'), CENTS] : null
  ]);
}

function stepsBlock(run, t) {
  const steps = run.list('steps').filter(step => step.values[t] !== 0);
  if (steps.length === 0) return [paragraph('No step paid anything.')];
  const isCash = step => !['write_down', 'write_up', 'accrete'].includes(step.pay);
  const rows = steps.map(step => ({cells: [step.section || '–', step.pay.replaceAll('_', ' '), step.receiver, step.values[t]]}));
  const paid = sum(steps.filter(isCash).map(step => step.values[t]));
  return [
    stepTable(
      'Steps of the waterfall',
      [
        {title: 'Section', text: true},
        {title: 'Pays', text: true},
        {title: 'To', text: true},
        {title: 'Amount', format: CENTS}
      ],
      rows,
      [{total: true, cells: ['Cash paid', '', '', paid]}]
    )
  ];
}

function classesBlock(run, t) {
  const columns = [
    {title: 'Class', text: true},
    ...['Before', 'Principal', 'Written down', 'After', 'Interest due', 'Interest paid'].map(title => ({title, format: CENTS})),
    {title: 'Rate', format: percentOf(4)}
  ];
  const names = ['beginning_balance', 'principal_paid', 'written_down', 'balance', 'interest_due', 'interest_paid', 'rate'];
  return stepTable(
    'Classes',
    columns,
    run.classes.map(bond => ({cells: [bond.name, ...names.map(name => bond.get(name).values[t])]}))
  );
}

function termsBlock(run, t) {
  const bonds = run.classes.filter(bond => bond.terms.length > 1 && bond.get('beginning_balance').values[t] > 0);
  if (bonds.length === 0) return [];
  const rows = bonds.map(bond => {
    const least = bond.terms[bindingTerm(bond.terms, t)];
    return {cells: [bond.name, least.title, least.values[t], bond.get('rate').values[t]]};
  });
  return [
    heading('Which term each rate is'),
    stepTable(
      'Rates',
      [
        {title: 'Class', text: true},
        {title: 'The least is', text: true},
        {title: 'It is', format: percentOf(4)},
        {title: 'Rate', format: percentOf(4)}
      ],
      rows
    )
  ];
}

function quantitiesBlock(run, t) {
  const list = run.list('quantities');
  if (list.length === 0) return [];
  return [
    heading('Terms of the deal'),
    valueList(list.map(one => [one.name, one.values[t], flowFormat(one), () => askQuantity(run, t, one.name)]))
  ];
}

// A period as a page of the panel; `of`: the series and value that were asked about.
function askPeriod(run, t, of) {
  const bond = of && run.classes.find(one => one.series.includes(of.series) || one.terms.includes(of.series));
  const page = {
    title: of ? of.series.title || `${of.series.pay}, ${of.series.receiver}` : `Period ${t + 1}`,
    where: `${bond ? `Class ${bond.name} · ` : ''}period ${t + 1} · ${isoDate(run.schedule.paid[t])} · ${run.words}`,
    from: `the run ${run.words}, embedded in this page`,
    blocks: [
      ...(bond ? classStepsBlock(run, t, bond) : []),
      heading('Collateral of the month'),
      collateralBlock(run, t),
      ...hedgeBlock(run, t),
      heading('Payments, step by step'),
      ...stepsBlock(run, t),
      heading('Classes'),
      classesBlock(run, t),
      ...termsBlock(run, t),
      ...quantitiesBlock(run, t),
      ...loansOfRun(run, true)
    ]
  };
  if (!of) {
    openPanel(page);
    return;
  }
  const again = recomputeSeries(run, t, of.series, bond);
  openPanel({
    ...page,
    printed: numberText(of.value, of.format),
    format: of.format,
    exact: of.value,
    unit: of.series.unit,
    words: again?.words,
    recomputed: again?.value
  });
}

function hedgeBlock(run, t) {
  const net = run.get('deal', 'hedge_net').values[t];
  return net === 0
    ? []
    : [
        valueList([
          ['Swap notional', run.get('deal', 'hedge_notional').values[t], CENTS],
          ['Net payment of the swaps', net, CENTS]
        ])
      ];
}

function classStepsBlock(run, t, bond) {
  const steps = run.list('steps').filter(step => step.receiver === bond.name && step.values[t] !== 0);
  if (steps.length === 0) return [];
  return [
    heading(`Paid to class ${bond.name}`),
    valueList(steps.map(step => [`Section ${step.section || '–'}: ${step.pay.replaceAll('_', ' ')}`, step.values[t], CENTS]))
  ];
}

// A series' value from others of the period; null where the page has nothing to work it out from.
function recomputeSeries(run, t, series, bond) {
  const at = name => pool(run, name, t);
  if (bond) {
    const of = name => bond.get(name).values[t];
    const paid = pay =>
      sum(
        run
          .list('steps')
          .filter(step => step.receiver === bond.name && step.pay === pay)
          .map(step => step.values[t])
      );
    if (series.name === 'principal_paid')
      return {value: paid('principal'), words: 'The sum of the steps that paid principal to the class.'};
    if (series.name === 'interest_paid')
      return {value: paid('interest'), words: 'The sum of the steps that paid current interest to the class.'};
    if (series.name === 'rate' && bond.terms.length > 0)
      return {value: Math.min(...bond.terms.map(term => term.values[t])), words: 'The least of the terms below.'};
    if (series.name === 'beginning_balance')
      return {
        value: t > 0 ? bond.get('balance').values[t - 1] : bond.original,
        words: 'The balance after the payment date before.'
      };
    if (series.name === 'interest_due')
      return {
        value: (((of('beginning_balance') * of('rate')) / 100) * run.schedule.days[t]) / 360,
        words: `Balance before × rate × ${run.schedule.days[t]} days / 360.`
      };
    return null;
  }
  if (series.name === 'net_interest') return {value: at('gross_interest') - at('fees'), words: 'Gross interest less fees.'};
  if (series.name === 'excess_spread')
    return {value: excessOf(run, t), words: 'Net interest and net swap payment, less interest due on the classes.'};
  if (series.name === 'excess_spread_pct')
    return {
      value: (1200 * excessOf(run, t)) / at('beginning_balance'),
      words: '12 × excess spread over the pool before the month.'
    };
  if (series.name === 'overcollateralization')
    return {value: at('balance') - total(run, 'balance', t), words: 'Pool less classes, after the payment date.'};
  if (series.formula) {
    const value = quantityValue(run, t, series);
    return value === null ? null : {value, words: series.formula};
  }
  return null;
}

function excessOf(run, t) {
  return (
    pool(run, 'net_interest', t) +
    run.get('deal', 'hedge_net').values[t] -
    sum(run.classes.map(bond => bond.get('interest_due').values[t]))
  );
}

// A quantity worked out from its formula, in the unit of its series; null if a name of it is not in the page.
function quantityValue(run, t, series) {
  const value = evaluate(series.formula, name => namedValue(run, t, name)?.value ?? null);
  return value === null ? null : series.unit === 'percent' ? 100 * value : value;
}

function quantityBlocks(run, t, series) {
  if (!series.formula) return [];
  const lines = namesIn(series.formula).map(name => {
    const found = namedValue(run, t, name);
    if (!found) return [name, 'not carried in this page'];
    const text = found.isDate
      ? isoDate(found.value)
      : found.isRate
        ? numberText(100 * found.value, percentOf(6))
        : numberText(found.value, found.format || decimalsOf(6));
    return [name, text, null, found.quantity ? () => askQuantity(run, t, name) : null];
  });
  return [el('div', {class: 'formula'}, el('code', {}, `${series.name} = ${series.formula}`)), valueList(lines)];
}

function askQuantity(run, t, name) {
  const series = quantityNamed(run, name);
  const format = flowFormat(series);
  openPanel({
    title: name,
    where: `A term of the deal · period ${t + 1} · ${isoDate(run.schedule.dates[t])} · ${run.words}`,
    printed: numberText(series.values[t], format),
    format,
    unit: series.unit,
    recomputed: series.formula ? quantityValue(run, t, series) : null,
    exact: series.values[t],
    from: 'the deal file, quantities',
    blocks: [...quantityBlocks(run, t, series), button('Open this period', () => askPeriod(run, t), {class: 'small'})]
  });
}
