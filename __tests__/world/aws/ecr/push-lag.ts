/** How long BatchGetImage does not know yet of an image that has been pushed. */
export interface PushLag {
  /** How many looks at an image find none; 0 where nothing is said. */
  looks: number;
  /** Looks at an image, and answers whether it is still unknown. */
  hides(digest: string): boolean;
}

export function createPushLag(): PushLag {
  const seen = new Map<string, number>();
  return {
    looks: 0,
    hides(digest) {
      const looks = (seen.get(digest) ?? 0) + 1;
      seen.set(digest, looks);
      return looks <= this.looks;
    },
  };
}
