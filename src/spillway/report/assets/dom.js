// Small tools for building the page: every text goes in as text, never as markup.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined));
  return node;
}

const byId = id => document.getElementById(id);
const button = (label, action, attributes = {}) => el('button', {type: 'button', onclick: action, ...attributes}, label);

function select(label, options, value, action) {
  const list = el(
    'select',
    {'aria-label': label, onchange: event => action(event.target.value)},
    options.map(([key, text]) => el('option', {value: key, selected: key === value}, text))
  );
  return el('label', {class: 'field'}, el('span', {}, label), list);
}

// A row of buttons of which one is chosen; arrow keys move, as in tabs.
function segments(label, options, value, action) {
  const group = el('div', {class: 'segments', role: 'radiogroup', 'aria-label': label});
  const choose = (key, focus) => {
    for (const one of group.children) {
      const chosen = one.dataset.key === key;
      one.setAttribute('aria-checked', chosen);
      one.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) one.focus();
    }
  };
  for (const [key, text] of options) {
    group.append(
      button(
        text,
        () => {
          choose(key);
          action(key);
        },
        {role: 'radio', 'data-key': key, 'aria-checked': false}
      )
    );
  }
  group.addEventListener('keydown', event =>
    moveAmong(group.children, event, key => {
      choose(key, true);
      action(key);
    })
  );
  choose(value);
  return group;
}

function moveAmong(nodes, event, action) {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
  if (!step) return;
  event.preventDefault();
  const list = [...nodes].filter(node => !node.disabled);
  const at = list.indexOf(document.activeElement);
  action(list[(at + step + list.length) % list.length].dataset.key);
}

let toastTimer = 0;
function toast(text) {
  const node = byId('toast');
  node.textContent = text;
  node.classList.add('on');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => node.classList.remove('on'), 2600);
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el('textarea', {class: 'unseen', 'aria-hidden': true, tabindex: -1});
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], {type: 'text/csv;charset=utf-8'}));
  const link = el('a', {href: address, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// A table built in the page. Columns: {title, format, text}. A cell is a value, a node, or {value, ask}: a number that explains itself.
function makeTable(caption, columns, rows, attributes = {}) {
  const head = el(
    'thead',
    {},
    el(
      'tr',
      {},
      columns.map(column => el('th', {scope: 'col', class: column.text ? 'text' : null}, column.title))
    )
  );
  const body = el(
    'tbody',
    {},
    rows.map(row =>
      el(
        'tr',
        {class: row.total ? 'total' : null},
        row.cells.map((cell, c) => makeCell(cell, c === 0 && cell !== '', columns[c]))
      )
    )
  );
  const title = caption.title || caption;
  const first = body.querySelector('td[data-ask]');
  if (first) first.tabIndex = 0;
  return el(
    'table',
    attributes,
    el('caption', {class: caption.hidden ? 'unseen' : null}, el('span', {}, el('b', {}, title))),
    head,
    body
  );
}

function makeCell(cell, isHead, column) {
  const asks = cell !== null && typeof cell === 'object' && !(cell instanceof Node);
  const value = asks ? cell.value : cell;
  const text = value instanceof Node ? value : typeof value === 'number' ? numberText(value, column.format || {}) : (value ?? '');
  const node = el(
    isHead ? 'th' : 'td',
    {scope: isHead ? 'row' : null, class: column.text ? 'text' : null, 'data-ask': asks && text !== '' ? cell.name || true : null},
    text
  );
  if (asks) node.ask = cell.ask;
  return node;
}

const framed = (table, label) => el('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label}, table);
