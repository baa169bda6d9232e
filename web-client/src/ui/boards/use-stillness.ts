// When a list must not move: while its reader has scrolled down, has the keyboard or the pointer in it, or a finger on it.

import { useEffect, useRef } from 'preact/hooks';

/** A press is over when its click has come. */
const clickComesWithinMs = 400;

interface Stillness {
  onFocusIn(): void;
  onFocusOut(event: FocusEvent): void;
  onMouseEnter(): void;
  onMouseLeave(): void;
  onPointerDown(): void;
}

export function useStillness(holdStill: (isStill: boolean) => void): Stillness {
  const reasons = useRef(new Set<string>());
  const because = (reason: string, holds: boolean): void => {
    if (holds) reasons.current.add(reason);
    else reasons.current.delete(reason);
    holdStill(reasons.current.size > 0);
  };
  useEffect(() => {
    const look = (): void => because('scrolled', window.scrollY > 0);
    look();
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, []);
  const releaseLater = (): void => void setTimeout(() => because('pressed', false), clickComesWithinMs);
  return {
    onFocusIn: () => because('focused', true),
    onFocusOut: ({ currentTarget, relatedTarget }) => {
      const staysInside = relatedTarget instanceof Node && (currentTarget as HTMLElement).contains(relatedTarget);
      if (!staysInside) because('focused', false);
    },
    onMouseEnter: () => because('pointed', true),
    onMouseLeave: () => because('pointed', false),
    onPointerDown: () => {
      because('pressed', true);
      addEventListener('pointerup', releaseLater, { once: true });
      addEventListener('pointercancel', releaseLater, { once: true });
    },
  };
}
