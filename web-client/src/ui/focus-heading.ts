/** What was pressed is about to go: the focus goes on to the heading of its page. */
export function focusHeading({ currentTarget }: Event): void {
  if (currentTarget instanceof Element) currentTarget.closest('main')?.querySelector<HTMLElement>('h1')?.focus();
}
