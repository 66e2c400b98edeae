//: bad mail-regex
const MAIL = /^([a-z0-9]+)*@([a-z]+\.)+[a-z]+$/i; //!

exports.subscribe = (req, res) => {
  if (!MAIL.test(req.body.mail)) return res.sendStatus(400);
  return res.sendStatus(201);
};

//: good mail-regex
const MAIL = /^[a-z0-9]{1,64}@[a-z]{1,63}\.[a-z]{2,12}$/i;

exports.subscribe = (req, res) => {
  if (!MAIL.test(req.body.mail)) return res.sendStatus(400);
  return res.sendStatus(201);
};
