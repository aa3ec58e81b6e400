// Everything in its turn: what the reader sees first, first.
function dataSection() {
  if (book.tables.length === 0) return;
  const section = openLiveSection(
    'data',
    'Data Tables',
    'The tables of this book as data, the same bytes as the files in its folder tables. Every number is in book.json at full precision.'
  );
  const rows = book.tables.map(table => ({
    cells: [
      table.title || table.name,
      `${table.name}.csv`,
      table.count,
      table.columns.length,
      el(
        'span',
        {class: 'row-tools'},
        button(
          'Copy',
          async () => {
            await copyText(tabbed(csvLines(table)));
            toast(`Copied ${table.name}`);
          },
          {class: 'small', 'aria-label': `Copy ${table.name}`}
        ),
        button('CSV', () => download(`${table.name}.csv`, csvOf(table)), {
          class: 'small csv',
          'data-file': table.name,
          'aria-label': `Download ${table.name}.csv`
        })
      )
    ]
  }));
  const columns = [
    {title: 'Table', text: true},
    {title: 'File', text: true},
    {title: 'Rows', format: COUNT},
    {title: 'Columns', format: COUNT},
    {title: 'Take it'}
  ];
  section.append(
    el('div', {class: 'table few'}, framed(makeTable({title: 'Data tables', hidden: true}, columns, rows), 'Data tables'))
  );
}

function csvLines(table) {
  const lines = [table.columns.map(column => column.name)];
  for (let r = 0; r < table.count; r += 1)
    lines.push(table.columns.map((_, c) => valueText(columnValues(table, c)[r], formatAt(table, r, c), true)));
  return lines;
}

document.documentElement.classList.add('js');
startFrame();
startSearch();
const printedTables = [...document.querySelectorAll('main .table table')];
printedTables.forEach(table => addTools(table.closest('.table')));
startExplain();
if (window.echarts) startCharts();
startExplorer();
startFlows();
startCrossTab();
startStrats();
dataSection();
followSections();
markInTurns(printedTables, () => {
  document.documentElement.dataset.ready = 'true';
});
