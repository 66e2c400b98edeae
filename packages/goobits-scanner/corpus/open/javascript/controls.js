//: good eslint-plugin
'use strict';

module.exports = {
  rules: {
    'no-eval-alias': {
      meta: { type: 'problem', docs: { description: 'forbid aliases of eval' } },
      create(context) {
        return {
          'VariableDeclarator[init.name="eval"]'(node) {
            context.report({ node, message: 'Do not alias eval.' });
          },
        };
      },
    },
  },
};

//: good webpack-config
const path = require('path');
const webpack = require('webpack');

module.exports = (env) => ({
  entry: './src/index.js',
  devtool: env.production ? 'source-map' : 'eval',
  output: { path: path.resolve(__dirname, 'dist'), filename: '[name].[contenthash].js' },
  plugins: [
    new webpack.DefinePlugin({
      'process.env.NODE_ENV': JSON.stringify(process.env.NODE_ENV),
      'process.env.API_URL': JSON.stringify(process.env.API_URL),
    }),
  ],
});

//: good emoji-i18n
export default {
  en: { welcome: 'Welcome 👩<|200D|>🚀', team: '👨<|200D|>👩<|200D|>👧 Team' },
  fa: { welcome: 'خوش آمدید', wait: 'لطفاً صبر کنید، می<|200C|>آییم' },
  he: { welcome: 'ברוכים הבאים' },
};

//: good polyfill-global
(function () {
  var root = typeof globalThis !== 'undefined' ? globalThis : Function('return this')();
  if (root.structuredClone) return;
  root.structuredClone = function (value) {
    return JSON.parse(JSON.stringify(value));
  };
})();

//: good service-worker
const CACHE = 'v7';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['/', '/app.js', '/app.css'])));
});

self.addEventListener('fetch', (event) => {
  event.respondWith(caches.match(event.request).then((hit) => hit || fetch(event.request)));
});

//: good data-uri-fixture
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('draws the pixel', async () => {
  const image = new Image();
  image.src = PNG;
  await image.decode();
  expect(image.width).toBe(1);
});
