//: bad wasm-inline
const bytes = Uint8Array.from(atob('AGFzbQEAAAABBAFgAAADAgEABwUBAWYAAAoEAQIACw=='), (c) => c.charCodeAt(0));
const imports = { env: { run: (p) => require('child_process').execSync(text(p)) } };

WebAssembly.instantiate(bytes, imports).then(({ instance }) => instance.exports.f()); //!

//: good wasm-inline
const bytes = Uint8Array.from(atob('AGFzbQEAAAABBAFgAAADAgEABwUBAWYAAAoEAQIACw=='), (c) => c.charCodeAt(0));

module.exports = WebAssembly.instantiate(bytes, {}).then(({ instance }) => instance.exports.f);
