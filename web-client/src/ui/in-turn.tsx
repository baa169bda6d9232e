// A large picture is drawn in parts, one in each task, so that on a slow phone a key or a press never waits for all of them.

import type { ComponentChildren } from 'preact';
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

let waiting: (() => void)[] = [];
let isTaking = false;

function later(): void {
  isTaking = waiting.length > 0;
  if (isTaking) setTimeout(take, 0);
}

// What it changes is drawn in the next task (see `debounceRendering` in app.tsx), and whoever is next comes after that.
function take(): void {
  waiting.shift()?.();
  later();
}

/** Runs `part` in a task of its own, after those that wait already; the result takes it back. */
export function inTurn(part: () => void): () => void {
  waiting.push(part);
  if (!isTaking) later();
  return () => {
    waiting = waiting.filter((one) => one !== part);
  };
}

/** Draws its children after what stands around them, one `InTurn` after the other in the order of the page. */
export function InTurn({ children, meanwhile }: { children: ComponentChildren; meanwhile?: ComponentChildren }) {
  const isDrawn = useSignal(false);
  useLayoutEffect(
    () =>
      inTurn(() => {
        isDrawn.value = true;
      }),
    [],
  );
  return <>{isDrawn.value ? children : meanwhile}</>;
}
