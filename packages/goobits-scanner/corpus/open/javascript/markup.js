//: bad inner-html
const params = new URLSearchParams(location.search);
const title = document.querySelector('#title');

title.innerHTML = 'Results for ' + params.get('q'); //!

//: good inner-html
const params = new URLSearchParams(location.search);
const title = document.querySelector('#title');

title.textContent = 'Results for ' + params.get('q');

//: bad express-send
const app = require('express')();

app.get('/hello', (req, res) => {
  res.send('<h1>Hello ' + req.query.name + '</h1>'); //!
});

//: good express-send
const app = require('express')();
const escape = require('escape-html');

app.get('/hello', (req, res) => {
  res.send('<h1>Hello ' + escape(req.query.name) + '</h1>');
});

//: bad react-comment
import React from 'react';

export function Comment({ comment }) {
  return (
    <article className="comment">
      <h3>{comment.author}</h3>
      <div dangerouslySetInnerHTML={{ __html: comment.body }} /> //!
    </article>
  );
}

//: good react-comment
import React from 'react';

export function Comment({ comment }) {
  return (
    <article className="comment">
      <h3>{comment.author}</h3>
      <div>{comment.body}</div>
    </article>
  );
}

//: bad ejs-template
const ejs = require('ejs');
const app = require('express')();

app.post('/mail', (req, res) => {
  const html = ejs.render(req.body.template, { user: req.user }); //!
  res.send(html);
});

//: good ejs-template
const ejs = require('ejs');
const app = require('express')();

app.post('/mail', (req, res) => {
  const html = ejs.render('<p>Hello <%= user %></p>', { user: req.body.user });
  res.send(html);
});

//: bad vue-directive
export default {
  name: 'SearchTitle',
  props: { query: String },
  mounted() {
    this.$el.innerHTML = `<em>${this.$route.query.q}</em>`; //!
  },
};

//: good vue-directive
export default {
  name: 'SearchTitle',
  props: { query: String },
  mounted() {
    this.$el.innerText = `Results for ${this.$route.query.q}`;
  },
};

//: bad search-echo
const app = require('express')();

app.get('/search', (req, res) => {
  const term = req.query.q;
  res.send(`<h1>Results for ${term}</h1><p>Nothing was found.</p>`); //!
});

app.listen(8080);

//: good search-echo
const escapeHtml = require('escape-html');
const app = require('express')();

app.get('/search', (req, res) => {
  const term = escapeHtml(req.query.q);
  res.send(`<h1>Results for ${term}</h1><p>Nothing was found.</p>`);
});

app.listen(8080);

//: bad hash-banner
const banner = document.querySelector('#banner');

function render() {
  const message = decodeURIComponent(location.hash.slice(1));
  banner.innerHTML = '<strong>' + message + '</strong>'; //!
}

window.addEventListener('hashchange', render);

//: good hash-banner
const banner = document.querySelector('#banner');

function render() {
  const message = decodeURIComponent(location.hash.slice(1));
  banner.querySelector('strong').textContent = message;
}

window.addEventListener('hashchange', render);
