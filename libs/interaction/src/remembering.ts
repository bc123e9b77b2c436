/**
 * A way to ask for what was found a moment ago: the facts of a call repeat its numbers and its minute, and finding out about
 * them costs more than everything else about a fact. Holds at most so many names, and then begins anew.
 */
export function remembering<Found>(most: number): (name: string, find: () => Found) => Found {
  const remembered = new Map<string, Found>();
  return (name, find) => {
    const known = remembered.get(name);
    if (known !== undefined) {
      return known;
    }
    if (remembered.size >= most) {
      remembered.clear();
    }
    const found = find();
    remembered.set(name, found);
    return found;
  };
}
