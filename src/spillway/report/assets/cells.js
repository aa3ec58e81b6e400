// Cells: which number of the data each shows, how the keyboard moves among them, what a click asks.
const NAVIGATE = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};

// The data behind a printed cell: {table, row, column}; null if there is none.
function dataOfCell(cell) {
  const printed = cell.closest('table');
  const table = dataTables.get(printed?.dataset.of);
  if (!table || !cell.parentNode) return null;
  const line = cell.parentNode;
  const column = line.dataset.c || printed.tHead.rows[0].cells[cell.cellIndex]?.dataset.c;
  const row = Number(cell.dataset.r ?? line.dataset.r ?? line.order ?? line.sectionRowIndex);
  if (!column || !(row >= 0) || row >= table.count || columnOf(table, column) < 0) return null;
  return {table, row, column};
}

function valueOfCell(cell) {
  const data = dataOfCell(cell);
  return data ? valueAt(data.table, data.row, data.column) : undefined;
}

const isNumberCell = cell => cell.tagName === 'TD' && cellText(cell) !== '';

// Paths on the cells of one printed table, and one cell that the tab key reaches.
function markCells(printed) {
  let first = true;
  for (const row of bodyRows(printed)) {
    row.order ??= row.sectionRowIndex;
    for (const cell of row.cells) {
      const data = dataOfCell(cell);
      if (!data) continue;
      cell.dataset.path = pathOf(data.table, data.row, data.column);
      if (first && isNumberCell(cell)) {
        cell.tabIndex = 0;
        first = false;
      }
    }
  }
}

function moveFocus(cell, event) {
  const step = NAVIGATE[event.key];
  const rows = [...cell.closest('tbody').rows].filter(row => !row.hidden);
  let r = rows.indexOf(cell.parentNode),
    c = cell.cellIndex;
  do {
    r += step[0];
    c += step[1];
    if (!rows[r]?.cells[c]) return;
  } while (!isNumberCell(rows[r].cells[c]));
  event.preventDefault();
  const next = rows[r].cells[c];
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  next.scrollIntoView({block: 'nearest', inline: 'nearest'});
}

function explainable(target) {
  const cell = target.closest?.('td');
  return cell && isNumberCell(cell) && (cell.dataset.path || cell.dataset.ask) ? cell : null;
}

function startCells(ask) {
  document.addEventListener('click', event => {
    const cell = explainable(event.target);
    if (cell && String(getSelection()) === '') ask(cell);
  });
  document.addEventListener('keydown', event => {
    const cell = explainable(event.target);
    if (!cell || cell !== event.target) return;
    if (NAVIGATE[event.key]) moveFocus(cell, event);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      ask(cell);
    }
  });
}

// A few tables at a time, so that the page answers meanwhile; those in view first.
function markInTurns(tables, done) {
  const turn = () => {
    const until = performance.now() + 12;
    while (tables.length > 0 && performance.now() < until) markCells(tables.shift());
    if (tables.length > 0) setTimeout(turn);
    else done();
  };
  turn();
}
