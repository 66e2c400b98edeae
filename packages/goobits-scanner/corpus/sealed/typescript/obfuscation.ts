//: bad reflect-construct
const letters = 'abcdefghijklmnopqrstuvwxyzF';
const word = (...at: number[]): string => at.map((i) => letters[i]).join('');

export const ready = Reflect.construct(
  Reflect.get(globalThis, word(26, 20, 13, 2, 19, 8, 14, 13)), //!
  [String.fromCharCode(114, 101, 116, 117, 114, 110, 32, 49)],
)();

//: good reflect-construct
const letters = 'abcdefghijklmnopqrstuvwxyz';
const word = (...at: number[]): string => at.map((i) => letters[i]).join('');

export const ready = Reflect.construct(Map, [[
  [word(17, 4, 3), 1],
  [word(1, 11, 20, 4), 2],
]]);
