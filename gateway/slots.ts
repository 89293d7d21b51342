/**
 * Things that come and go fast. A `Set` of them would be simpler, but costs the collector dearly: each table that a busy one has
 * outgrown leads to the next, and whatever dies young is kept until the whole heap is looked through.
 */
export class Slots<T> {
  readonly #items: (T | undefined)[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#items.length - this.#free.length;
  }

  /** @returns where it is, for {@link Slots.delete}. */
  add(item: T): number {
    const slot = this.#free.pop() ?? this.#items.length;
    this.#items[slot] = item;
    return slot;
  }

  /** Once for each that was added. */
  delete(slot: number): void {
    this.#items[slot] = undefined;
    this.#free.push(slot);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const item of this.#items) if (item !== undefined) yield item;
  }
}
