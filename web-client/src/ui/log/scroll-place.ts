// Keeps what the reader looks at where it is while rows come and go around it. Browsers differ in whether they do this by
// themselves (Safari does not), so their own anchoring is off (`overflow-anchor: none`) and this is the one mechanism.
//
// The anchor is a row and its place in the content, not in the window: what the reader scrolled meanwhile is never undone.

const endSlack = 40;

export class ScrollPlace {
  /** The reader is at the end and stays there when something comes. */
  following = true;
  private anchor: HTMLElement | undefined;
  private anchorTop = 0;
  private lastTop = 0;

  /** `scroller` is the positioned ancestor of the rows. */
  constructor(
    private readonly scroller: HTMLElement,
    private readonly rows: HTMLElement,
  ) {}

  get above(): number {
    return this.scroller.scrollTop;
  }

  get below(): number {
    return this.scroller.scrollHeight - this.scroller.clientHeight - this.scroller.scrollTop;
  }

  get height(): number {
    return this.scroller.clientHeight;
  }

  /** The reader has scrolled since this was last asked to hold a place. */
  get hasMoved(): boolean {
    return Math.abs(this.scroller.scrollTop - this.lastTop) > 1;
  }

  /**
   * After the reader may have scrolled. `endIsNewest`: the last row in the page is the newest of all. Only scrolling up
   * ends the following: a bar above or the screen's keyboard below also takes the end out of sight.
   */
  remember(endIsNewest: boolean): void {
    const movedUp = this.scroller.scrollTop < this.lastTop - 1;
    if (this.following && endIsNewest && !movedUp) {
      this.restore();
      return;
    }
    this.following = endIsNewest && this.below <= endSlack;
    this.hold(this.rowAt(this.scroller.scrollTop));
  }

  /** After the rows or the window changed, before they are painted. */
  restore(): void {
    if (this.following) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    } else if (this.anchor?.isConnected === true) {
      const shift = this.anchor.offsetTop - this.anchorTop;
      if (shift !== 0) this.scroller.scrollTop += shift;
    }
    this.hold(this.rowAt(this.scroller.scrollTop));
  }

  /** Puts a row into the upper third. */
  reveal(row: HTMLElement): void {
    this.following = false;
    this.scroller.scrollTop = row.offsetTop - Math.max(0, (this.scroller.clientHeight - row.offsetHeight) / 3);
    this.hold(row);
  }

  /** Scrolls as little as makes the row visible. */
  makeVisible(row: HTMLElement): void {
    const margin = 8;
    const top = row.offsetTop - margin;
    const bottom = row.offsetTop + row.offsetHeight + margin - this.scroller.clientHeight;
    if (this.scroller.scrollTop > top) this.scroller.scrollTop = top;
    else if (this.scroller.scrollTop < bottom) this.scroller.scrollTop = Math.min(top, bottom);
  }

  toEnd(): void {
    this.following = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.hold(undefined);
  }

  firstVisible(): HTMLElement | undefined {
    return this.rowAt(this.scroller.scrollTop);
  }

  /** The last row of which most is seen. */
  lastVisible(): HTMLElement | undefined {
    const row = this.rowAt(this.scroller.scrollTop + this.scroller.clientHeight - endSlack);
    return row ?? (this.rows.lastElementChild as HTMLElement | null) ?? undefined;
  }

  private hold(row: HTMLElement | undefined): void {
    this.anchor = row;
    this.anchorTop = row?.offsetTop ?? 0;
    this.lastTop = this.scroller.scrollTop;
  }

  /** The first row that ends below `y`; rows are in order, so half of them is ruled out at each look. */
  private rowAt(y: number): HTMLElement | undefined {
    const { children } = this.rows;
    let low = 0;
    let high = children.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = children[middle] as HTMLElement;
      if (row.offsetTop + row.offsetHeight > y) high = middle;
      else low = middle + 1;
    }
    return children[low] as HTMLElement | undefined;
  }
}
