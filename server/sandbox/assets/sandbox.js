// The language is the one that was chosen in the hall, where the browser keeps it; the server reads it from a cookie.
const spoken = document.documentElement.lang;
function speak(locale) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `sandbox-locale=${locale}; path=/sandbox; samesite=strict`;
  location.reload();
}
const chosen = localStorage.getItem('certflow.locale') === 'en' ? 'en' : 'zh-CN';
// Without cookies the page would reload for ever.
if (chosen !== spoken && navigator.cookieEnabled) speak(chosen);
for (const button of document.querySelectorAll('button[data-locale]'))
  button.addEventListener('click', () => {
    localStorage.setItem('certflow.locale', button.dataset.locale);
    speak(button.dataset.locale);
  });

// On an English page, what contracts and people say is marked as the Chinese that it is (WCAG 3.1.2).
function mark() {
  if (spoken !== 'en') return;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (/\p{Script=Han}/u.test(text.data) && !/[A-Za-z]{2}/.test(text.data)) text.parentElement.lang = 'zh-CN';
}
mark();

// Shows what is new by itself, unless somebody is typing or has something opened.
const main = document.querySelector('main[data-live]');
if (main) {
  let last = main.innerHTML;
  setInterval(async () => {
    if (document.hidden || main.contains(document.activeElement) || main.querySelector('details[open]')) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
      const next = page.querySelector('main')?.innerHTML ?? last;
      const clock = page.querySelector('.clock');
      if (clock) document.querySelector('.clock')?.replaceWith(clock);
      if (next !== last) {
        main.innerHTML = last = next;
        mark();
      }
    } catch {
      // The server is away for a moment.
    }
  }, 1500);
}
