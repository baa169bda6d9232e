// F6 and Shift+F6 move between the parts of the page, as in a desktop program. A part says where its focus belongs with
// `data-part`: the element itself, or the first element inside it that takes the Tab key.

/** Also what is laid out and not shown is nowhere to go. */
export function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
}

const takesFocus =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Installs the keys; the result takes them off. */
export function installLandmarkKeys(root: Document): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F6' || event.altKey || event.ctrlKey || event.metaKey) return;
    if (focusNextPart(root, event.shiftKey ? -1 : 1)) event.preventDefault();
  };
  root.addEventListener('keydown', onKeyDown);
  return () => root.removeEventListener('keydown', onKeyDown);
}

/** False where there is nothing to go to, so that the browser's own F6 works. */
export function focusNextPart(root: Document, step: 1 | -1): boolean {
  if (root.querySelector('[aria-modal="true"]') !== null) return false;
  const parts = [...root.querySelectorAll<HTMLElement>('[data-part]')].filter(isShown);
  const current = parts.findIndex((part) => part.contains(root.activeElement));
  const start = current < 0 ? (step === 1 ? -1 : parts.length) : current;
  for (let distance = 1; distance <= parts.length; distance += 1) {
    const index = (start + step * distance + parts.length * 2) % parts.length;
    const target = focusTarget(parts[index]);
    if (target === undefined) continue;
    target.focus();
    return true;
  }
  return false;
}

function focusTarget(part: HTMLElement | undefined): HTMLElement | undefined {
  if (part === undefined) return undefined;
  const visible = [...part.querySelectorAll<HTMLElement>(takesFocus)]
    .find((element) => element.tabIndex >= 0 && isShown(element));
  return visible ?? (part.hasAttribute('tabindex') ? part : undefined);
}
