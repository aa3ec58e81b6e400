// The frame around the document: themes, contents, what closes on Escape.
const narrow = matchMedia('(max-width: 62rem)');
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (document.documentElement.dataset.theme || (prefersDark.matches ? 'dark' : 'light')) === 'dark';
const themeListeners = [];
const themeChanged = () => themeListeners.forEach(listener => listener());
const closers = []; // the last opened closes first

function stored(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch {
    /* a page from disk may have no storage */
  }
  return null;
}

function themeButton() {
  const label = () => (isDark() ? 'Light theme' : 'Dark theme');
  const sign = () => (isDark() ? '☀' : '☾');
  const node = button(
    '',
    () => {
      document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
      stored('spillway-theme', document.documentElement.dataset.theme);
      themeChanged();
    },
    {class: 'icon', id: 'theme'}
  );
  const show = () => {
    node.replaceChildren(el('span', {'aria-hidden': true}, sign()));
    node.setAttribute('aria-label', label());
    node.title = label();
  };
  themeListeners.push(show);
  show();
  return node;
}

function menuButton(contents) {
  const node = button(el('span', {'aria-hidden': true}, '☰'), () => openMenu(!document.body.classList.contains('menu')), {
    class: 'icon',
    id: 'menu',
    'aria-label': 'Contents',
    'aria-expanded': false,
    'aria-controls': 'contents'
  });
  function openMenu(open) {
    document.body.classList.toggle('menu', open);
    node.setAttribute('aria-expanded', open);
    if (open) contents.querySelector('input, a')?.focus();
  }
  contents.addEventListener('click', event => {
    if (event.target.closest('a') && narrow.matches) openMenu(false);
  });
  narrow.addEventListener('change', () => openMenu(false));
  closers.push(() => document.body.classList.contains('menu') && (openMenu(false), node.focus(), true));
  return node;
}

// Sections that only a script can fill get their heading, their text and a link in the contents.
function openLiveSection(id, title, text) {
  const section = byId(id);
  if (!section) return null;
  section.hidden = false;
  section.prepend(el('h2', {}, title), el('p', {class: 'lead'}, text));
  const contents = byId('contents');
  let list = contents.querySelector('ul[data-live]');
  if (!list) {
    list = el('ul', {'data-live': true});
    contents.querySelector('.search').after(el('h2', {}, section.dataset.group), list);
  }
  list.append(el('li', {}, el('a', {href: `#${id}`}, title)));
  return section;
}

function followSections() {
  const links = new Map([...document.querySelectorAll('.contents li a')].map(a => [a.hash.slice(1), a]));
  const seen = new IntersectionObserver(
    entries => {
      for (const entry of entries.filter(e => e.isIntersecting)) {
        links.forEach(a => a.removeAttribute('aria-current'));
        const link = links.get(entry.target.id);
        if (!link) continue;
        link.setAttribute('aria-current', 'true');
        const box = byId('contents');
        if (!narrow.matches) {
          const top = link.offsetTop - box.scrollTop;
          if (top < 60 || top > box.clientHeight - 60) box.scrollTop = link.offsetTop - box.clientHeight / 2;
        }
      }
    },
    {rootMargin: '-15% 0px -75% 0px'}
  );
  document.querySelectorAll('main > section').forEach(section => seen.observe(section));
}

function startFrame() {
  const kept = stored('spillway-theme');
  if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
  prefersDark.addEventListener('change', themeChanged);
  const tools = byId('tools');
  tools.append(themeButton());
  document.querySelector('.bar').prepend(menuButton(byId('contents')));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') [...closers].reverse().some(close => close());
  });
}
