//: bad generic-assign
type Tree = { [key: string]: unknown };

export function extend(target: Tree, source: Tree): Tree {
  for (const key in source) {
    const value = source[key];
    if (typeof value === 'object' && value) {
      target[key] = extend((target[key] ?? {}) as Tree, value as Tree); //!
    } else {
      target[key] = value;
    }
  }
  return target;
}

//: good generic-assign
type Tree = Map<string, unknown>;

export function extend(target: Tree, source: Tree): Tree {
  for (const [key, value] of source) {
    if (value instanceof Map) {
      target.set(key, extend((target.get(key) ?? new Map()) as Tree, value as Tree));
    } else {
      target.set(key, value);
    }
  }
  return target;
}
