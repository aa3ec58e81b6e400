// The search over everything printed: sections, tables, rows. "/" goes to it from anywhere.
const MOST_FOUND = 40;

function searchIndex() {
  const entries = [];
  for (const section of document.querySelectorAll('main > section')) {
    const title = section.querySelector('h2')?.textContent || '';
    if (title) entries.push({text: title, where: 'Section', node: section});
    for (const holder of section.querySelectorAll('.table')) {
      const name = holder.querySelector('caption b')?.textContent || title;
      for (const row of holder.querySelectorAll('tbody tr')) {
        const label = row.cells[0]?.textContent.trim();
        if (label) entries.push({text: label, where: name === title || !title ? name : `${title} · ${name}`, node: row});
      }
    }
    for (const term of section.querySelectorAll('.terms > div')) {
      entries.push({
        text: term.querySelector('dt').textContent,
        where: title,
        node: term,
        more: term.querySelector('dd').textContent
      });
    }
  }
  return entries.map(entry => ({
    ...entry,
    all: `${entry.text} ${entry.where} ${entry.more || ''}`.toLowerCase(),
    start: entry.text.toLowerCase()
  }));
}

function goTo(node) {
  if (node.matches('tr')) node.hidden = false;
  node.scrollIntoView({block: 'center'});
  node.classList.remove('found-row');
  void node.offsetWidth; // starts the highlight again
  node.classList.add('found-row');
  const cell = node.matches('tr') && [...node.cells].find(one => isNumberCell(one));
  if (cell) {
    cell.tabIndex = 0;
    cell.focus({preventScroll: true});
  }
}

function startSearch() {
  let entries = null;
  const list = el('ul', {class: 'hits', id: 'hits'});
  const status = el('p', {class: 'unseen', role: 'status'});
  const find = text => {
    entries ??= searchIndex();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const rank = entry => (entry.start === text.toLowerCase() ? 0 : entry.start.startsWith(words[0]) ? 1 : 2);
    const hits =
      words.length === 0 ? [] : entries.filter(e => words.every(word => e.all.includes(word))).sort((a, b) => rank(a) - rank(b));
    list.replaceChildren(
      ...hits.slice(0, MOST_FOUND).map(hit =>
        el(
          'li',
          {},
          button([el('b', {}, hit.text), el('span', {}, hit.where)], () => goTo(hit.node))
        )
      )
    );
    status.textContent = words.length === 0 ? '' : `${hits.length} found`;
    byId('contents').classList.toggle('searching', words.length > 0);
  };
  const box = el('input', {
    type: 'search',
    id: 'search-box',
    placeholder: 'Search tables  /',
    'aria-label': 'Search tables',
    'aria-controls': 'hits',
    'aria-keyshortcuts': '/',
    oninput: event => find(event.target.value)
  });
  const clear = () => box.value !== '' && ((box.value = ''), find(''), true);
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter') list.querySelector('button')?.click();
    if (event.key === 'ArrowDown') list.querySelector('button')?.focus();
  });
  list.addEventListener('keydown', event => {
    const step = {ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling'}[event.key];
    if (!step) return;
    event.preventDefault();
    (document.activeElement.closest('li')?.[step]?.firstChild || box).focus();
  });
  byId('search').append(box, status, list);
  closers.push(clear);
  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, select, textarea');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (narrow.matches && !document.body.classList.contains('menu')) byId('menu').click();
    box.focus();
  });
}
