// Keeps the Tab key inside a dialog and gives the focus back where it came from when the dialog goes.

const takesTab =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Focuses `first` (or the dialog); the result releases the trap and returns the focus unless `returnTo` is gone. */
export function trapFocus(dialog: HTMLElement, first: HTMLElement | null, returnTo: HTMLElement | null): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab') return;
    const stops = [...dialog.querySelectorAll<HTMLElement>(takesTab)]
      .filter((stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    const opposite = event.shiftKey ? stops[stops.length - 1] : stops[0];
    const active = document.activeElement;
    const inside = active !== dialog && dialog.contains(active);
    if (inside && active !== edge) return;
    event.preventDefault();
    opposite?.focus();
  };
  dialog.addEventListener('keydown', onKeyDown);
  (first ?? dialog).focus();
  return () => {
    dialog.removeEventListener('keydown', onKeyDown);
    const focusIsOurs = document.activeElement === document.body || dialog.contains(document.activeElement);
    if (focusIsOurs && returnTo?.isConnected === true) returnTo.focus();
  };
}
