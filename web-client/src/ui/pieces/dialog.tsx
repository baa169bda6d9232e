import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { X } from 'lucide-preact';

import { trapFocus } from '../../a11y/focus-trap';
import { words } from '../../i18n/words';

interface DialogProps {
  title: string;
  /** `sheet`: from below on a phone, in the middle elsewhere. `side`: the whole screen on a phone, at the end elsewhere. */
  kind: 'sheet' | 'side';
  onClose(): void;
  /** Takes the focus at first; the title where absent. */
  first?: RefObject<HTMLElement>;
  children: ComponentChildren;
}

let made = 0;

/** A question or a panel above the page. Escape, the close button and a press beside it close it. */
export function Dialog({ title, kind, onClose, first, children }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useRef('');
  if (titleId.current === '') titleId.current = `dialog-${(made += 1)}`;

  // Before it is painted: a key pressed as soon as it is seen is for it.
  useLayoutEffect(() => {
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    if (box.current === null) return undefined;
    return trapFocus(box.current, first?.current ?? heading.current, opener);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    onClose();
  };

  return (
    <div class={`dialog-back is-${kind}`} onKeyDown={onKeyDown}>
      <div class="dialog-shade" onClick={onClose} />
      <div class="dialog" role="dialog" aria-modal="true" aria-labelledby={titleId.current} tabIndex={-1} ref={box}>
        <div class="dialog-head">
          <h2 id={titleId.current} class="dialog-title" tabIndex={-1} ref={heading}>{title}</h2>
          <button type="button" class="icon-button" aria-label={words.value.actions.close} onClick={onClose}>
            <X size={20} aria-hidden="true" />
          </button>
        </div>
        <div class="dialog-body">{children}</div>
      </div>
    </div>
  );
}
