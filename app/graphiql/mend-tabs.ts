/**
 * GraphiQL gives its tabs the role of a tab and puts two buttons into each, which assistive technology then does not
 * see. Here the list is a list, and the buttons are what is announced, the open tab's as the current one.
 * @returns a function that stops watching.
 */
export function mendTabs(root: HTMLElement): () => void {
  const observer = new MutationObserver(mend);

  function mend(): void {
    observer.disconnect();
    for (const list of root.querySelectorAll('[role="tablist"]')) list.setAttribute('role', 'list');
    for (const tab of root.querySelectorAll('.graphiql-tab')) {
      tab.setAttribute('role', 'listitem');
      tab.removeAttribute('aria-selected');
      const button = tab.querySelector('.graphiql-tab-button');
      button?.setAttribute('aria-current', String(tab.classList.contains('graphiql-tab-active')));
    }
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ['role', 'aria-selected'] });
  }

  mend();
  return () => observer.disconnect();
}
