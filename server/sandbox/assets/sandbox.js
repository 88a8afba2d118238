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
      if (next !== last) main.innerHTML = last = next;
    } catch {
      // The server is away for a moment.
    }
  }, 1500);
}
