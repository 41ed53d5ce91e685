/** Work of which only one may be under way, and of which the last one asked for is enough. */
export class Serial {
  private current: Promise<void> = Promise.resolve();
  private waiting: Promise<void> | undefined;

  /**
   * Does the work once all that was asked for earlier is done.
   *
   * While one is waiting already, that one serves; its work is done after this call in any case.
   */
  run(work: () => Promise<void>): Promise<void> {
    if (this.waiting !== undefined) return this.waiting;
    const turn = this.current.then(async () => {
      this.waiting = undefined;
      await work();
    });
    this.waiting = turn;
    this.current = turn.catch(() => undefined);
    return turn;
  }
}
