// Drawing: a chart is described by {kind, x, xTitle, unit, series, ...} and drawn when it comes near the screen.
const THEMES = {
  light: {
    ink: '#1b232e',
    soft: '#57626f',
    rule: '#e3e7ec',
    paper: '#ffffff',
    series: ['#1f4e79', '#cf6a32', '#3f8060', '#8a5a9e', '#b08a1e', '#2b8a9c', '#b0405a', '#6b7280', '#5b7fbf', '#8c6d46']
  },
  dark: {
    ink: '#e2e7ec',
    soft: '#a3afbb',
    rule: '#2b343e',
    paper: '#1b2229',
    series: ['#74acdf', '#ee9a63', '#82c493', '#c39bd6', '#dcbf62', '#68c3d3', '#e68799', '#a9b3bd', '#9fb6ea', '#cfae83']
  }
};
const PRINT_WIDTH = 700; // Letter less its margins, in CSS pixels
const fontFamily = getComputedStyle(document.body).fontFamily; // a real name: the library measures its labels
const escapeText = text => String(text).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);
const axisNumber = (value, most) => value.toLocaleString('en-US', {maximumFractionDigits: most});

// How a unit is printed on an axis and in the tooltip. Dollars step up to thousands, millions or billions.
function unitPrinting(unit, series) {
  if (unit === 'percent') return {title: '', tick: v => `${axisNumber(v, 3)}%`, full: v => numberText(v, percentOf(3))};
  if (unit === 'years') return {title: 'years', tick: v => axisNumber(v, 2), full: v => `${numberText(v, decimalsOf(2))} yr`};
  if (unit === 'bps') return {title: 'bps', tick: v => axisNumber(v, 1), full: v => `${numberText(v, decimalsOf(2))} bps`};
  if (unit !== 'dollars') return {title: unit || '', tick: v => axisNumber(v, 4), full: v => axisNumber(v, 4)};
  let largest = 0;
  for (const one of series) for (const value of one.values) largest = Math.max(largest, Math.abs(value ?? 0));
  const [, scale, title] = [
    [1e10, 1e9, '$ billions'],
    [1e6, 1e6, '$ millions'],
    [1e4, 1e3, '$ thousands'],
    [0, 1, '$']
  ].find(([from]) => largest >= from);
  return {title, tick: v => axisNumber(v / scale, 3), full: v => numberText(v, DOLLARS)};
}

const hasLongLabels = chart =>
  chart.kind === 'bar' && !chart.flat && !chart.monthly && chart.x.length * Math.max(0, ...chart.x.map(x => x.length)) > 90;

function categoryAxis(chart, colors) {
  const rotate = hasLongLabels(chart) ? 40 : 0;
  const line = {lineStyle: {color: colors.soft}};
  return {
    type: 'category',
    data: chart.x,
    boundaryGap: chart.kind === 'bar',
    inverse: Boolean(chart.flat),
    name: chart.xTitle || '',
    nameLocation: 'middle',
    nameGap: rotate > 0 ? 8 : 26,
    nameTextStyle: {color: colors.soft},
    axisLine: line,
    axisTick: {...line, alignWithLabel: true},
    axisLabel: {
      color: colors.ink,
      hideOverlap: true,
      rotate,
      width: chart.flat ? 170 : undefined,
      overflow: chart.flat ? 'truncate' : undefined,
      interval: chart.kind === 'bar' && !chart.monthly && (chart.flat || chart.x.length <= 24) ? 0 : 'auto'
    }
  };
}

function valueAxis(chart, printing, colors, side) {
  const named = side === 0 ? chart.yTitle : chart.rightTitle;
  const title =
    named && printing.title && !named.toLowerCase().includes(printing.title)
      ? `${named} (${printing.title})`
      : named || printing.title;
  return {
    type: 'value',
    scale: chart.kind === 'line' && !chart.fromZero,
    position: side === 0 ? undefined : 'right',
    name: title,
    nameLocation: 'end',
    nameGap: 12,
    nameTextStyle: {color: colors.soft, align: side === 0 ? 'left' : 'right', padding: side === 0 ? [0, 0, 0, -30] : 0},
    axisLabel: {show: !chart.bare, color: colors.ink, formatter: printing.tick, hideOverlap: true},
    splitLine: {show: side === 0 && !chart.bare, lineStyle: {color: colors.rule}},
    splitNumber: chart.flat ? 3 : 5
  };
}

function oneSeries(chart, one, colors, position) {
  const kind = one.kind || chart.kind;
  const area = kind === 'area';
  const color = one.color ?? colors.series[position % colors.series.length];
  return {
    name: one.name,
    data: Array.from(one.values),
    type: kind === 'bar' ? 'bar' : 'line',
    yAxisIndex: one.right ? 1 : 0,
    color,
    stack: (area && !one.faint && !one.right) || chart.stacked ? `all${one.right ? 1 : 0}` : undefined,
    areaStyle: area ? {opacity: one.faint ? 0.18 : 0.82} : undefined,
    step: one.step ? 'end' : false,
    showSymbol: chart.symbols || chart.x.length === 1,
    symbolSize: 7,
    z: one.front ? 5 : 2,
    lineStyle: {width: area ? 1 : one.front ? 3 : 2, type: one.dashed ? 'dashed' : 'solid'},
    barMaxWidth: chart.flat ? 16 : 42,
    connectNulls: false,
    emphasis: {disabled: true},
    markArea: one.bands
      ? {silent: true, itemStyle: {color, opacity: 0.14}, data: one.bands.map(([from, to]) => [{xAxis: from}, {xAxis: to}])}
      : undefined
  };
}

// The library wraps a long legend but leaves no room for the lines it wraps to.
function legendLines(chart, width) {
  if (chart.series.length < 2) return 0;
  let lines = 1,
    used = 0;
  for (const one of chart.series) {
    const item = 44 + 7 * one.name.length;
    if (used > 0 && used + item > width) {
      lines += 1;
      used = 0;
    }
    used += item;
  }
  return lines;
}

function tooltip(chart, printings, colors) {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: colors.paper,
    borderColor: colors.soft,
    padding: [6, 10],
    textStyle: {color: colors.ink, fontSize: 12},
    axisPointer: {type: chart.kind === 'bar' ? 'shadow' : 'line', lineStyle: {color: colors.soft}},
    formatter: points =>
      [`<b>${escapeText([chart.xTitle, points[0].name].filter(Boolean).join(' '))}</b>`]
        .concat(
          points
            .filter(p => p.value !== null && p.value !== undefined && !Number.isNaN(p.value))
            .map(
              p =>
                `${p.marker}${escapeText(p.seriesName)}${chart.bare ? '' : ': '}<b>${chart.bare ? '' : escapeText(printings[chart.series[p.seriesIndex]?.right ? 1 : 0].full(p.value))}</b>`
            ),
          chart.note ? [escapeText(chart.note(points[0].dataIndex))].filter(Boolean) : []
        )
        .join('<br>')
  };
}

function optionOf(chart, colors, width) {
  const left = unitPrinting(
    chart.unit,
    chart.series.filter(one => !one.right)
  );
  const right = unitPrinting(
    chart.rightUnit,
    chart.series.filter(one => one.right)
  );
  const lines = legendLines(chart, width);
  const category = categoryAxis(chart, colors);
  const values = [valueAxis(chart, left, colors, 0)];
  if (chart.series.some(one => one.right)) values.push(valueAxis(chart, right, colors, 1));
  return {
    animation: false,
    textStyle: {fontFamily},
    aria: {enabled: false},
    grid: {left: 12, right: 18, top: (chart.flat ? 8 : 38) + 22 * lines, bottom: chart.xTitle ? 12 : 4, containLabel: true},
    legend: {
      show: lines > 0,
      top: 0,
      left: 0,
      textStyle: {color: colors.ink},
      icon: 'roundRect',
      itemWidth: 14,
      itemHeight: 8,
      inactiveColor: colors.soft
    },
    tooltip: tooltip(chart, [left, right], colors),
    series: chart.series.map((one, i) => oneSeries(chart, one, colors, i)),
    xAxis: chart.flat ? values[0] : category,
    yAxis: chart.flat ? category : values
  };
}

const heightOf = (chart, width) =>
  chart.height || (chart.flat ? 40 + 22 * chart.x.length : (width < 480 ? 290 : 320) + (hasLongLabels(chart) ? 50 : 0));

function drawChart(plot, chart, theme, width) {
  echarts.getInstanceByDom(plot)?.dispose();
  const height = heightOf(chart, width);
  const drawn = echarts.init(plot, null, {renderer: 'svg', width, height});
  drawn.setOption(optionOf(chart, THEMES[theme], width));
  const svg = plot.querySelector('svg');
  if (svg) {
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    svg.setAttribute('aria-hidden', 'true');
  }
  if (chart.pick) {
    drawn.getZr().on('click', event => {
      const at = drawn.convertFromPixel({gridIndex: 0}, [event.offsetX, event.offsetY])?.[0];
      if (at >= 0 && at < chart.x.length) chart.pick(Math.round(at));
    });
  }
}

// Charts by the element they are drawn in.
const drawings = new Map();
const nearScreen = new IntersectionObserver(
  entries => {
    for (const entry of entries) {
      const drawing = drawings.get(entry.target);
      if (!drawing) continue;
      drawing.near = entry.isIntersecting;
      if (drawing.near && drawing.stale) redraw(entry.target);
    }
  },
  {rootMargin: '400px 0px'}
);

function redraw(plot, theme = isDark() ? 'dark' : 'light', width = plot.clientWidth) {
  const drawing = drawings.get(plot);
  if (width <= 0) return;
  drawChart(plot, drawing.chart, theme, width);
  drawing.stale = false;
}

// Shows the chart in the element, at once where that is in view, else when it comes near.
function showChart(plot, chart) {
  plot.style.minHeight = `${heightOf(chart, innerWidth)}px`;
  const known = drawings.get(plot);
  drawings.set(plot, {chart, stale: true, near: known?.near || false});
  if (known?.near) redraw(plot);
  else nearScreen.observe(plot);
}

function forgetCharts(box) {
  for (const plot of [...drawings.keys()].filter(node => box.contains(node))) {
    echarts.getInstanceByDom(plot)?.dispose();
    nearScreen.unobserve(plot);
    drawings.delete(plot);
  }
}

function redrawAll() {
  for (const [plot, drawing] of drawings) {
    drawing.stale = true;
    if (drawing.near) redraw(plot);
  }
}

function startCharts() {
  for (const figure of document.querySelectorAll('figure.chart > script')) {
    const given = JSON.parse(figure.textContent);
    const kind = given.kind === 'stacked_area' ? 'area' : given.kind;
    showChart(figure.parentNode.querySelector('.plot'), {
      kind,
      x: given.x,
      xTitle: given.x_title,
      yTitle: given.y_title,
      unit: given.unit,
      series: given.series
    });
  }
  let drawnWidth = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== drawnWidth) {
      drawnWidth = innerWidth;
      redrawAll();
    }
  });
  themeListeners.push(redrawAll);
  addEventListener('beforeprint', () => {
    for (const plot of drawings.keys()) if (plot.closest('figure.printed')) redraw(plot, 'light', PRINT_WIDTH);
  });
  addEventListener('afterprint', redrawAll);
}
