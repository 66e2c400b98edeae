//: bad computed-member
const parts = ['ev', 'al', 'from', 'Char', 'Code'];
const text = [99, 111, 110, 115, 111, 108, 101, 46, 108, 111, 103, 40, 49, 41];

globalThis[parts[0] + parts[1]](String[parts[2] + parts[3] + parts[4]](...text)); //!

//: good computed-member
const parts = ['par', 'se', 'Int'];
const text = ['49', '50', '51'];

module.exports = text.map((item) => globalThis[parts[0] + parts[1] + parts[2]](item, 10));

//: bad proxy-trap
const kit = new Proxy({}, {
  get(_, name) {
    return (...codes) => Reflect.get(global, ['e', 'v', 'a', 'l'].join(''))(String.fromCharCode(...codes)); //!
  },
});

kit.paint(49, 43, 49);

//: good proxy-trap
const kit = new Proxy({}, {
  get(_, name) {
    return (...codes) => `<${String(name)}>${String.fromCharCode(...codes)}</${String(name)}>`;
  },
});

module.exports = kit.b(49, 43, 49);
