// The part of the window that the screen's keyboard leaves, as two custom properties: `100vh` and `position: fixed` do not
// know of the keyboard on iOS, and there the page is pushed up as well.

/** Installs the watch; the result takes it off. */
export function followViewHeight(root: HTMLElement): () => void {
  const view = window.visualViewport;
  if (view === null || view === undefined) return () => undefined;
  const follow = (): void => {
    // Pinch zoom shrinks the visual viewport too; then the layout must stay as it is.
    if (view.scale > 1.01) return;
    root.style.setProperty('--view-height', `${view.height}px`);
    root.style.setProperty('--view-top', `${view.offsetTop}px`);
  };
  follow();
  view.addEventListener('resize', follow);
  view.addEventListener('scroll', follow);
  return () => {
    view.removeEventListener('resize', follow);
    view.removeEventListener('scroll', follow);
  };
}
