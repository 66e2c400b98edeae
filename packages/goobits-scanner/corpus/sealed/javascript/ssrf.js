//: bad http-get-host
const http = require('http');
const app = require('fastify')();

app.get('/status/:host', (request, reply) => {
  http.get(`http://${request.params.host}:8080/health`, (answer) => { //!
    reply.send({ code: answer.statusCode });
  });
});

//: good http-get-host
const http = require('http');
const app = require('fastify')();

app.get('/status/:port', (request, reply) => {
  const port = Number(request.params.port) === 8081 ? 8081 : 8080;
  http.get({ host: 'localhost', port, path: '/health' }, (answer) => {
    reply.send({ code: answer.statusCode });
  });
});
