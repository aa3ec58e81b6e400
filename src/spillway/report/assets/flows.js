// Cash by period of the run shown: the pool, a class, the deal. Pages of five years.
const PAGE = 60;
const flow = {subject: 'pool', page: 0};

function flowSubjects(run) {
  return [
    ['pool', 'Pool'],
    ...run.classes.map((bond, c) => [`class ${c}`, bond.name]),
    ['deal', 'Deal'],
    ['quantities', 'Terms'],
    ['parties', 'Parties'],
    ['accounts', 'Accounts'],
    ['triggers', 'Triggers'],
    ['steps', 'Steps']
  ].filter(([key]) => key.startsWith('class') || run.list(key).length > 0);
}

function flowSeries(run, subject) {
  if (subject.startsWith('class')) {
    const bond = run.classes[Number(subject.slice(6))];
    return [...bond.series, ...(bond.terms.length > 1 ? bond.terms : [])];
  }
  const list = run.list(subject);
  return subject === 'steps'
    ? list.map(step => ({...step, values: step.values, title: `${step.section}: ${step.pay}, ${step.receiver}`, unit: 'dollars'}))
    : list;
}

function flowFormat(series) {
  if (series.unit === 'dollars') return CENTS;
  return series.unit === 'percent'
    ? percentOf(4)
    : {kind: 'number', decimals: series.isZero || series.values.every(Number.isInteger) ? 0 : 6};
}

function flowColumns(run, subject) {
  return flowSeries(run, subject).filter(
    series => !series.isZero || ['balance', 'rate', 'overcollateralization'].includes(series.name) || subject === 'triggers'
  );
}

const flowTitles = columns => [
  {title: 'Period', format: COUNT},
  {title: 'Payment date', text: true},
  ...columns.map(series => ({title: series.title, format: flowFormat(series)}))
];

function flowRow(run, t, columns) {
  return {
    cells: [
      t + 1,
      isoDate(run.schedule.paid[t]),
      ...columns.map(series => ({
        value: series.values[t],
        name: `${series.name}/${t + 1}`,
        ask: () => askPeriod(run, t, {series, value: series.values[t], format: flowFormat(series)})
      }))
    ]
  };
}

function flowLines(run, subject) {
  const columns = flowColumns(run, subject);
  const lines = [['period', 'payment_date', ...columns.map(series => series.name || series.title)]];
  for (let t = 0; t < run.count; t += 1) {
    lines.push([
      String(t + 1),
      isoDate(run.schedule.paid[t]),
      ...columns.map(series => numberText(series.values[t], flowFormat(series), true))
    ]);
  }
  return lines;
}

function flowTools(run, name, label, pages, again) {
  const lines = () => flowLines(run, flow.subject);
  const file = `${name}-${run.scenario}-${run.speed}-${run.toCall ? 'call' : 'maturity'}.csv`.replace(/[^\w.-]+/g, '-');
  return el(
    'div',
    {class: 'table-tools'},
    pager(pages, again),
    button(
      'Copy',
      async () => {
        await copyText(tabbed(lines()));
        toast('Copied every period');
      },
      {class: 'small copy', 'aria-label': `Copy ${label}`}
    ),
    button(
      'CSV',
      () =>
        download(
          file,
          lines()
            .map(fields => fields.map(csvField).join(',') + '\n')
            .join('')
        ),
      {class: 'small csv', 'aria-label': `Download ${label} as CSV`}
    )
  );
}

function pager(pages, action) {
  const go = page => {
    flow.page = page;
    action();
  };
  const from = flow.page * PAGE + 1;
  return el(
    'div',
    {class: 'pager', role: 'group', 'aria-label': 'Periods shown'},
    button('‹ Earlier', () => go(flow.page - 1), {disabled: flow.page === 0, class: 'small'}),
    el('span', {role: 'status'}, `Periods ${from}–${Math.min(from + PAGE - 1, pages.count)} of ${pages.count}`),
    button('Later ›', () => go(flow.page + 1), {disabled: from + PAGE > pages.count, class: 'small'})
  );
}

function showFlows(box) {
  const {run} = state;
  const subjects = flowSubjects(run);
  if (!subjects.some(([key]) => key === flow.subject)) flow.subject = 'pool';
  const last = periodsShown(run);
  flow.page = Math.min(flow.page, Math.floor((last - 1) / PAGE));
  const columns = flowColumns(run, flow.subject),
    rows = [];
  for (let t = flow.page * PAGE; t < Math.min(last, (flow.page + 1) * PAGE); t += 1) rows.push(flowRow(run, t, columns));
  const name = subjects.find(([key]) => key === flow.subject)[1];
  const label = `Cash flows of ${name}: ${run.words}`;
  const focused = document.activeElement?.closest('.segments') && box.contains(document.activeElement);
  const choose = key => {
    flow.subject = key;
    flow.page = 0;
    showFlows(box);
  };
  box.replaceChildren(
    el('p', {class: 'source'}, 'Run shown: ', el('b', {}, run.words), '. Click a number to see its period.'),
    segments('Cash flows of', subjects, flow.subject, choose),
    el(
      'div',
      {class: 'table many tall'},
      flowTools(run, name, label, {count: last}, () => showFlows(box)),
      framed(makeTable({title: label, hidden: true}, flowTitles(columns), rows), label)
    )
  );
  if (focused) box.querySelector('[aria-checked="true"]')?.focus();
}

function startFlows() {
  if (runs.length === 0) return;
  const section = openLiveSection('flows', 'Cash Flows by Period', 'What the pool brought and who was paid, month by month.');
  const box = el('div', {});
  section.append(box);
  showFlows(box);
  runListeners.push(() => showFlows(box));
}
