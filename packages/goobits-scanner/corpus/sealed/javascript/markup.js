//: bad document-write
(function (w, d) {
  var source = d.referrer || w.location.hash.slice(1);
  d.write('<img src="https://count.example.invalid/p?r=' + source + '">'); //!
})(window, document);

//: good document-write
(function (w, d) {
  var source = d.referrer || w.location.hash.slice(1);
  var image = d.createElement('img');
  image.src = 'https://count.example.invalid/p?r=' + encodeURIComponent(source);
  d.body.appendChild(image);
})(window, document);

//: bad post-message
window.addEventListener('message', (event) => {
  const panel = document.getElementById('panel');
  panel.insertAdjacentHTML('beforeend', event.data.html); //!
});

//: good post-message
window.addEventListener('message', (event) => {
  if (event.origin !== 'https://app.example.invalid') return;
  const panel = document.getElementById('panel');
  panel.append(event.data.text);
});

//: bad pug-preview
const pug = require('pug');
const router = require('express').Router();

router.post('/mail/preview', (req, res) => {
  const { template, values } = req.body;
  res.send(pug.render(template, values)); //!
});
module.exports = router;

//: good pug-preview
const pug = require('pug');
const router = require('express').Router();
const preview = pug.compileFile('views/mail.pug');

router.post('/mail/preview', (req, res) => {
  const { values } = req.body;
  res.send(preview(values));
});
module.exports = router;
