// The run that charts and live tables show, chosen in the bar at the top; the explorer's tabs.
const state = {run: null, tab: 0, bond: 0};
const runListeners = [];
const unique = list => [...new Set(list)];

function firstRun() {
  const planned = basis.runs.find(one => one.table === 'balances');
  return (planned && runOf(planned.scenario, planned.speed, planned.to_call)) || nearestRun(runs[0].scenario, 100, false);
}

// The scenario's run at the speed and to the end asked for, or the nearest it has.
function nearestRun(scenario, speed, toCall) {
  const family = runs.filter(run => run.scenario === scenario);
  const distance = run => Math.abs(run.speed - speed) + (run.toCall === toCall ? 0 : 1e6);
  return family.reduce((best, run) => (distance(run) < distance(best) ? run : best), family[0]);
}

function chooseRun(run) {
  state.run = run;
  showChoice();
  runListeners.forEach(listener => listener(run));
}

function showChoice() {
  const {run} = state;
  const focused = document.activeElement?.closest('#choice [data-part]')?.dataset.part;
  const family = runs.filter(one => one.scenario === run.scenario);
  const speeds = unique(family.map(one => one.speed)).sort((a, b) => a - b);
  const ends = unique(family.filter(one => one.speed === run.speed).map(one => one.toCall));
  const scenarios = unique(runs.map(one => one.scenario));
  const part = (name, node) => (node.setAttribute('data-part', name), node);
  const speedNames = speeds.map(speed => [String(speed), `${speed}%`]);
  const chooseSpeed = key => chooseRun(nearestRun(run.scenario, Number(key), run.toCall));
  byId('choice').replaceChildren(
    part(
      'scenario',
      select(
        'Scenario',
        scenarios.map(name => [name, name]),
        run.scenario,
        name => chooseRun(nearestRun(name, run.speed, run.toCall))
      )
    ),
    part(
      'speed',
      speeds.length <= 7
        ? segments('Speed', speedNames, String(run.speed), chooseSpeed)
        : select('Speed', speedNames, String(run.speed), chooseSpeed)
    ),
    part(
      'end',
      segments(
        'Until',
        [
          ['call', 'To call'],
          ['maturity', 'To maturity']
        ].filter(([key]) => ends.includes(key === 'call')),
        run.toCall ? 'call' : 'maturity',
        key => chooseRun(nearestRun(run.scenario, run.speed, key === 'call'))
      )
    )
  );
  if (focused) byId('choice').querySelector(`[data-part="${focused}"]`).querySelector('[aria-checked="true"], select')?.focus();
}

const MEASURES = [
  {key: 'wal', title: 'Average life (yr)', format: decimalsOf(2), of: bond => bond.wal},
  {key: 'dm', title: 'DM (bps)', format: decimalsOf(2), of: bond => (bond.dm === null ? null : 1e4 * bond.dm)},
  {key: 'mdur', title: 'Mod. duration (yr)', format: decimalsOf(2), of: bond => bond.mdur}
];

function windowWords(run, bond) {
  if (!bond.window) return '';
  const {dates} = run.schedule;
  return `${bond.window[0]}–${bond.window[1]} (${monthOf(dates[bond.window[0] - 1])}–${monthOf(dates[bond.window[1] - 1])})`;
}

const sum = values => values.reduce((total, value) => total + value, 0);

function summaryTable(run) {
  const anyLoss = run.classes.some(bond => !isFlat(bond.get('written_down')));
  const columns = [
    {title: 'Class', text: true},
    {title: 'Original balance', format: DOLLARS},
    ...MEASURES,
    {title: 'Principal window', text: true},
    {title: 'Interest paid', format: DOLLARS},
    ...(anyLoss ? [{title: 'Written down', format: DOLLARS}] : [])
  ];
  const rows = run.classes.map(bond => ({
    cells: [
      bond.name,
      bond.original,
      ...MEASURES.map(measure => ({
        value: measure.of(bond),
        name: `${bond.name}/${measure.key}`,
        ask: () => askMeasure(run, bond, measure)
      })),
      {value: windowWords(run, bond), ask: () => askMeasure(run, bond, {key: 'window', title: 'Principal window'})},
      {value: sum(bond.get('interest_paid').values), ask: () => askSeriesSum(run, bond, 'interest_paid')},
      ...(anyLoss ? [{value: sum(bond.get('written_down').values), ask: () => askSeriesSum(run, bond, 'written_down')}] : [])
    ]
  }));
  return makeTable({title: `Classes: ${run.words}`, hidden: true}, columns, rows, {class: 'live-summary'});
}

function chartFigure(chart) {
  const source = chart.wholeScenario ? `${chart.run.scenario}, every speed, ${chart.run.end}` : chart.run.words;
  const plot = el('div', {class: 'plot', role: 'img', 'aria-label': `Chart: ${chart.title}. Run: ${source}.`});
  const figure = el('figure', {class: 'plotted'}, el('figcaption', {}, el('b', {}, chart.title), el('span', {}, source)), plot);
  return {figure, draw: () => showChart(plot, chart)};
}

function showTab(panel, run) {
  const tab = TABS[state.tab];
  const bond = run.classes[Math.min(state.bond, run.classes.length - 1)];
  const charts = tab
    .charts(run, bond)
    .filter(chart => chart && chart.series.length > 0 && chart.x.length > 0)
    .map(chartFigure);
  forgetCharts(panel);
  const choice = tab.ofClass
    ? [
        segments(
          'Class',
          run.classes.map((one, i) => [String(i), one.name]),
          String(state.bond),
          key => {
            state.bond = Number(key);
            showTab(panel, run);
            panel.querySelector('[aria-checked="true"]')?.focus();
          }
        )
      ]
    : [];
  const words = charts.length > 0 ? 'Click in a chart to open a period.' : 'This run has nothing to show here.';
  panel.replaceChildren(
    ...choice,
    el(
      'div',
      {class: 'plots'},
      charts.map(one => one.figure)
    ),
    el('p', {class: 'hint'}, words)
  );
  charts.forEach(one => one.draw());
}

function tabList(panel, tabs) {
  const list = el('div', {class: 'tabs', role: 'tablist', 'aria-label': 'Charts'});
  const choose = (at, focus) => {
    state.tab = at;
    for (const one of list.children) {
      const chosen = Number(one.dataset.key) === at;
      one.setAttribute('aria-selected', chosen);
      one.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) one.focus();
      if (chosen) panel.setAttribute('aria-labelledby', one.id);
    }
    showTab(panel, state.run);
  };
  list.append(
    ...tabs.map(([at, name]) =>
      button(name, () => choose(at), {role: 'tab', id: `tab-${at}`, 'data-key': at, 'aria-controls': panel.id})
    )
  );
  list.addEventListener('keydown', event => moveAmong(list.children, event, key => choose(Number(key), true)));
  choose(tabs[0][0]);
  return list;
}

function startExplorer() {
  if (runs.length === 0) return;
  state.run = firstRun();
  const section = openLiveSection(
    'explore',
    'Scenario Explorer',
    'Every scenario of the deal at every speed, to call and to maturity. The choice in the bar above holds for all charts and live tables.'
  );
  document.body.classList.add('explored');
  const used = TABS.map((tab, at) => [at, tab.name]).filter(([at]) =>
    runs.some(run => TABS[at].charts(run, run.classes[0]).some(chart => chart && chart.series.length > 0))
  );
  const source = el('p', {class: 'source', id: 'source-run', 'aria-live': 'polite'});
  const summary = el('div', {class: 'table', 'data-name': 'live-summary'});
  const panel = el('div', {class: 'tab-panel', role: 'tabpanel', id: 'tab-panel'});
  const show = run => {
    source.replaceChildren(
      'Run shown: ',
      el('b', {}, run.words),
      run.called > 0 ? `, called in period ${run.called}` : '',
      `, price ${run.price}.`
    );
    summary.replaceChildren(framed(summaryTable(run), `Classes: ${run.words}`));
    addTools(summary);
  };
  section.append(source, summary, panel);
  showChoice();
  show(state.run);
  if (used.length > 0) panel.before(tabList(panel, used));
  runListeners.push(run => {
    show(run);
    showTab(panel, run);
  });
  themeListeners.push(() => showTab(panel, state.run));
}
