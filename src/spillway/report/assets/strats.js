// Stratifications as bars beside their tables; states as a map of tiles.
const STRAT_MEASURES = [
  {name: 'pct_of_total', title: 'Share of balance', unit: 'percent'},
  {name: 'loan_count', title: 'Loans', unit: ''},
  {name: 'average_balance', title: 'Average balance', unit: 'dollars'},
  {name: 'gross_wac', title: 'Gross WAC', unit: 'percent'},
  {name: 'fico', title: 'FICO', unit: ''},
  {name: 'orig_ltv', title: 'LTV', unit: 'percent'}
];

// Where each state stands on a grid of tiles: [row, column].
const TILES = {
  AK: [0, 0],
  ME: [0, 10],
  VT: [1, 9],
  NH: [1, 10],
  WA: [2, 0],
  ID: [2, 1],
  MT: [2, 2],
  ND: [2, 3],
  MN: [2, 4],
  IL: [2, 5],
  WI: [2, 6],
  MI: [2, 7],
  NY: [2, 8],
  RI: [2, 9],
  MA: [2, 10],
  OR: [3, 0],
  NV: [3, 1],
  WY: [3, 2],
  SD: [3, 3],
  IA: [3, 4],
  IN: [3, 5],
  OH: [3, 6],
  PA: [3, 7],
  NJ: [3, 8],
  CT: [3, 9],
  CA: [4, 0],
  UT: [4, 1],
  CO: [4, 2],
  NE: [4, 3],
  MO: [4, 4],
  KY: [4, 5],
  WV: [4, 6],
  VA: [4, 7],
  MD: [4, 8],
  DE: [4, 9],
  AZ: [5, 1],
  NM: [5, 2],
  KS: [5, 3],
  AR: [5, 4],
  TN: [5, 5],
  NC: [5, 6],
  SC: [5, 7],
  DC: [5, 8],
  OK: [6, 3],
  LA: [6, 4],
  MS: [6, 5],
  AL: [6, 6],
  GA: [6, 7],
  HI: [7, 0],
  TX: [7, 3],
  FL: [7, 8],
  PR: [7, 10]
};

// The rows of one stratification in the data, without its total.
function stratRows(name) {
  const table = dataTables.get('strats');
  const names = columnValues(table, columnOf(table, 'table')),
    totals = columnValues(table, columnOf(table, 'is_total'));
  const rows = [];
  for (let r = 0; r < table.count; r += 1) if (names[r] === name && Number(totals[r]) !== 1) rows.push(r);
  return {table, rows};
}

function stratChart(name, measure) {
  const {table, rows} = stratRows(name);
  const isRanked = isStates(name);
  const pairs = rows.map(r => [valueAt(table, r, 'label') || '–', valueAt(table, r, measure.name)]);
  if (isRanked) pairs.sort((a, b) => b[1] - a[1]);
  const shownPairs = pairs.slice(0, isRanked ? 15 : 60);
  return {
    title: measure.title,
    kind: 'bar',
    flat: true,
    unit: measure.unit,
    x: shownPairs.map(pair => pair[0]),
    series: [{name: measure.title, values: shownPairs.map(pair => pair[1])}]
  };
}

function isStates(name) {
  const {table, rows} = stratRows(name);
  const known = rows.filter(r => TILES[valueAt(table, r, 'label')]).length;
  return known > 5 && known >= rows.length - 2;
}

function stateMap(name, measure) {
  const {table, rows} = stratRows(name);
  const value = new Map(rows.map(r => [valueAt(table, r, 'label'), r]));
  const values = rows.map(r => valueAt(table, r, measure.name));
  const most = Math.max(...values),
    least = ['pct_of_total', 'loan_count'].includes(measure.name) ? 0 : Math.min(...values);
  const shade = v => (most > least ? 1 + Math.min(4, Math.floor(5 * Math.sqrt((v - least) / (most - least)))) : 3);
  const tiles = Object.entries(TILES).map(([code, [row, column]]) => {
    const r = value.get(code);
    const text = r === undefined ? '' : textAt(table, r, measure.name);
    return el(
      'div',
      {
        class: `tile ${r === undefined ? 'none' : `shade-${shade(valueAt(table, r, measure.name))}`}`,
        style: `grid-area: ${row + 1} / ${column + 1}`,
        title: `${code}: ${r === undefined ? 'no loans' : text}`
      },
      el('b', {}, code),
      el('span', {}, text.replace(/,\d{3}$/, 'k'))
    );
  });
  return el(
    'div',
    {class: 'tiles', role: 'img', 'aria-label': `Map of states: ${measure.title}. The table has the numbers.`},
    tiles
  );
}

function stratFigure(name, title) {
  const table = dataTables.get('strats');
  const measures = STRAT_MEASURES.filter(measure => columnOf(table, measure.name) >= 0);
  const plot = el('div', {
    class: 'plot',
    role: 'img',
    'aria-label': `Chart: ${title} by share of balance. The table has the numbers.`
  });
  const map = el('div', {});
  const show = key => {
    const measure = measures.find(one => one.name === key);
    plot.setAttribute('aria-label', `Chart: ${title} by ${measure.title.toLowerCase()}. The table has the numbers.`);
    if (isStates(name)) map.replaceChildren(stateMap(name, measure));
    showChart(plot, stratChart(name, measure));
  };
  const figure = el(
    'figure',
    {class: 'plotted strat'},
    el(
      'figcaption',
      {},
      select(
        'Bars show',
        measures.map(one => [one.name, one.title]),
        measures[0].name,
        show
      )
    ),
    map,
    plot
  );
  return {figure, show: () => show(measures[0].name)};
}

function startStrats() {
  const data = dataTables.get('strats');
  if (!data || !window.echarts) return;
  for (const holder of document.querySelectorAll('.table[data-name]')) {
    if (holder.querySelector('table').dataset.of !== 'strats' || stratRows(holder.dataset.name).rows.length === 0) continue;
    const {figure, show} = stratFigure(holder.dataset.name, holder.closest('section').querySelector('h2').textContent);
    holder.after(figure);
    const pair = el('div', {class: 'beside'});
    holder.before(pair);
    pair.append(holder, figure);
    show();
  }
}
