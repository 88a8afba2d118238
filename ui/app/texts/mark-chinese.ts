/**
 * On an English page, what the definitions say is still Chinese. Whoever listens to the page needs to be told so
 * (WCAG 3.1.2): every element whose own text is Chinese gets `lang`. Texts that mix both languages keep the page's.
 * @returns stop, which takes the marks away
 */
export function markChinese(root: HTMLElement): () => void {
  const marked = new Set<Element>();
  const look = (element: Element): void => {
    const mine = marked.has(element);
    if (element.hasAttribute('lang') && !mine) return;
    if (isChinese(ownText(element))) {
      element.setAttribute('lang', 'zh-CN');
      marked.add(element);
    } else if (mine) unmark(element);
  };
  const unmark = (element: Element): void => {
    element.removeAttribute('lang');
    marked.delete(element);
  };
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      look(target instanceof Element ? target : (target.parentElement ?? root));
      for (const node of addedNodes) if (node instanceof Element) lookThrough(node, look);
    }
    for (const element of marked) if (!element.isConnected) marked.delete(element);
  });
  lookThrough(root, look);
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  return () => {
    observer.disconnect();
    for (const element of marked) unmark(element);
  };
}

function lookThrough(element: Element, look: (element: Element) => void): void {
  look(element);
  for (const inner of element.querySelectorAll('*')) look(inner);
}

function ownText(element: Element): string {
  if (element instanceof HTMLInputElement) return element.placeholder;
  let text = '';
  for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue;
  return text;
}

function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text) && !/[A-Za-z]{2}/.test(text);
}
