/** The house picture: a hall whose door stands open when somebody is in. Says nothing aloud. */
export function Hall({ light }: { light: 'on' | 'off' }) {
  return (
    <svg class={light === 'on' ? 'hall is-lit' : 'hall'} viewBox="0 0 136 96" aria-hidden="true" focusable="false">
      <path class="hall-ground" d="M4 88.5h128" />
      {light === 'on' && <path class="hall-glow" d="M57 88 44 95.500h56L87 88Z" />}
      <path class="hall-wall" d="M22 88V44L68 14l46 30v44Z" />
      <path class="hall-roof" d="M12 49 68 12l56 37" />
      <path class="hall-door" d="M55 88V64a13 13 0 0 1 26 0v24Z" />
      {light === 'on' && <path class="hall-leaf" d="M55 64v24l-11-5V62c0-5 4-9.500 9-10.800A13 13 0 0 0 55 64Z" />}
      <circle class="hall-window" cx="68" cy="35" r="6" />
      <path class="hall-window" d="M31 58a5 5 0 0 1 10 0v10H31ZM95 58a5 5 0 0 1 10 0v10H95Z" />
    </svg>
  );
}
