import type { ComponentChildren } from 'preact';

/** The shape of a conversation that is on its way, with the words for who does not see it. */
export function LoadingLog({ children }: { children: ComponentChildren }) {
  return (
    <div class="room-loading" aria-busy="true">
      <p class="only-read-aloud">{children}</p>
      {[5, 9, 7, 4, 8].map((width, index) => (
        <div key={index} class="shape-row" aria-hidden="true">
          <span class="shape is-round" />
          <span class={`shape is-wide-${width}`} />
        </div>
      ))}
    </div>
  );
}
