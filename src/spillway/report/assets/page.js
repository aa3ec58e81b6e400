// The page's own script: draws the charts, marks the section in view, folds the contents on narrow screens.
'use strict';
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const narrow = matchMedia('(max-width: 62rem)');
  const LIGHT = {
    ink: '#1b232e', soft: '#57626f', rule: '#dfe4ea', paper: '#ffffff',
    series: ['#1f4e79', '#c0632b', '#4b7f52', '#8a5a9e', '#a8862a', '#2f8799', '#a33d4f', '#6b7280']
  };
  const DARK = {
    ink: '#e2e7ec', soft: '#9aa7b4', rule: '#2b333c', paper: '#1b2128',
    series: ['#6fa8dc', '#e8935b', '#7fbf87', '#bd92d0', '#d9b959', '#63bccd', '#df7f8f', '#a6b0bb']
  };
  const fontFamily = getComputedStyle(document.body).fontFamily;   // a real name: the library measures its labels
  const PRINT_WIDTH = 700;   // Letter less its margins, in CSS pixels

  const number = (value, decimals) => value.toLocaleString('en-US', {
    minimumFractionDigits: decimals[0], maximumFractionDigits: decimals[1]
  });

  // How a unit is printed on an axis and in the tooltip. Dollars step up to thousands, millions or billions.
  function printing(unit, series) {
    if (unit === 'percent') {
      return {unit: '', tick: v => number(v, [0, 3]) + '%', full: v => number(v, [2, 3]) + '%'};
    }
    if (unit !== 'dollars') {
      return {unit, tick: v => number(v, [0, 4]), full: v => number(v, [0, 4])};
    }
    const largest = Math.max(0, ...series.flatMap(s => s.values).map(v => Math.abs(v ?? 0)));
    const [scale, name] = [[1e10, 1e9, '$ billions'], [1e6, 1e6, '$ millions'], [1e4, 1e3, '$ thousands'], [0, 1, '$']]
      .find(([from]) => largest >= from).slice(1);
    return {unit: name, tick: v => number(v / scale, [0, 3]), full: v => (v < 0 ? '-$' : '$') + number(Math.abs(v), [0, 0])};
  }

  function hasLongLabels(chart) {
    return chart.kind === 'bar' && chart.x.length * Math.max(0, ...chart.x.map(label => label.length)) > 90;
  }

  function axes(chart, print, colors) {
    const line = {lineStyle: {color: colors.soft}};
    const title = chart.y_title && print.unit && !chart.y_title.toLowerCase().includes(print.unit)
      ? `${chart.y_title} (${print.unit})` : chart.y_title || print.unit;
    const rotate = hasLongLabels(chart) ? 40 : 0;
    return {
      xAxis: {
        type: 'category', data: chart.x, boundaryGap: chart.kind === 'bar',
        name: chart.x_title, nameLocation: 'middle', nameGap: rotate > 0 ? 8 : 26, nameTextStyle: {color: colors.soft},
        axisLine: line, axisTick: {...line, alignWithLabel: true},
        axisLabel: {
          color: colors.ink, hideOverlap: true, rotate,
          interval: chart.kind === 'bar' && chart.x.length <= 24 ? 0 : 'auto'
        }
      },
      yAxis: {
        type: 'value', scale: chart.kind === 'line', name: title, nameLocation: 'end', nameGap: 14,
        nameTextStyle: {color: colors.soft, align: 'left', padding: [0, 0, 0, -34]},
        axisLabel: {color: colors.ink, formatter: print.tick}, splitLine: {lineStyle: {color: colors.rule}}
      }
    };
  }

  function series(chart) {
    const area = chart.kind === 'stacked_area';
    return chart.series.map(one => ({
      name: one.name, data: one.values, type: chart.kind === 'bar' ? 'bar' : 'line',
      stack: area ? 'all' : undefined, areaStyle: area ? {opacity: .8} : undefined,
      showSymbol: chart.x.length === 1, lineStyle: {width: area ? 1 : 2}, barMaxWidth: 42, connectNulls: false,
      emphasis: {disabled: true}
    }));
  }

  // The library wraps a long legend but leaves no room for the lines it wraps to.
  function legendLines(chart, width) {
    if (chart.series.length < 2) return 0;
    let lines = 1, used = 0;
    for (const one of chart.series) {
      const item = 50 + 7 * one.name.length;
      if (used > 0 && used + item > width) { lines += 1; used = 0; }
      used += item;
    }
    return lines;
  }

  const escape = text => text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`);

  function tooltip(chart, print, colors) {
    return {
      trigger: 'axis', confine: true, backgroundColor: colors.paper, borderColor: colors.soft,
      textStyle: {color: colors.ink, fontSize: 12}, axisPointer: {lineStyle: {color: colors.soft}},
      formatter: points => [escape([chart.x_title, points[0].name].filter(Boolean).join(' '))].concat(
        points.filter(p => p.value != null).map(p => `${p.marker}${escape(p.seriesName)}: <b>${print.full(p.value)}</b>`)
      ).join('<br>')
    };
  }

  function draw(figure, colors, width) {
    const chart = JSON.parse(figure.querySelector('script').textContent);
    const plot = figure.querySelector('.plot');
    const old = echarts.getInstanceByDom(plot);
    if (old) old.dispose();
    const height = (width < 480 ? 300 : 340) + (hasLongLabels(chart) ? 50 : 0);
    const print = printing(chart.unit, chart.series);
    const lines = legendLines(chart, width);
    const drawn = echarts.init(plot, null, {renderer: 'svg', width, height});
    drawn.setOption({
      animation: false, color: colors.series, textStyle: {fontFamily},
      grid: {left: 12, right: 18, top: 46 + 22 * lines, bottom: chart.x_title ? 12 : 4},
      legend: {
        show: lines > 0, top: 4, left: 0, textStyle: {color: colors.ink},
        icon: 'rect', itemWidth: 18, itemHeight: chart.kind === 'line' ? 3 : 11
      },
      tooltip: tooltip(chart, print, colors), series: series(chart), ...axes(chart, print, colors)
    });
    const svg = plot.querySelector('svg');
    if (svg) svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }

  const figures = [...document.querySelectorAll('figure.chart')];
  const drawAll = (colors, width) => figures.forEach(f => draw(f, colors, width || f.clientWidth || PRINT_WIDTH));
  const drawForScreen = () => drawAll(dark.matches ? DARK : LIGHT);

  if (figures.length > 0) {
    drawForScreen();
    let drawnWidth = innerWidth;
    addEventListener('resize', () => {
      if (innerWidth !== drawnWidth) { drawnWidth = innerWidth; drawForScreen(); }
    });
    dark.addEventListener('change', drawForScreen);
    addEventListener('beforeprint', () => drawAll(LIGHT, PRINT_WIDTH));
    addEventListener('afterprint', drawForScreen);
  }

  const contents = document.querySelector('.contents details');
  const fold = () => { contents.open = !narrow.matches; };
  fold();
  narrow.addEventListener('change', fold);
  contents.addEventListener('click', event => { if (narrow.matches && event.target.closest('a')) contents.open = false; });

  const links = new Map([...contents.querySelectorAll('li a')].map(a => [a.hash.slice(1), a]));
  const inView = new IntersectionObserver(entries => {
    for (const entry of entries.filter(e => e.isIntersecting)) {
      links.forEach(a => a.removeAttribute('aria-current'));
      const link = links.get(entry.target.id);
      if (link) link.setAttribute('aria-current', 'true');
    }
  }, {rootMargin: '-10% 0px -80% 0px'});
  document.querySelectorAll('main > section').forEach(s => inView.observe(s));
})();
