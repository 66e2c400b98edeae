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
