// A real SMTP server that behaves as the recipient's name says. Options as JSON in the first argument:
// { key, cert, secure, user, password }. Prints one JSON line when it listens, and one per message that it received.
const { SMTPServer } = require("smtp-server");

const options = JSON.parse(process.argv[2] || "{}");
const say = (object) => process.stdout.write(JSON.stringify(object) + "\n");
const no = (code, text) => Object.assign(new Error(text), { responseCode: code });
let lines = 0;

const server = new SMTPServer({
  key: options.key,
  cert: options.cert,
  secure: Boolean(options.secure),
  hideSTARTTLS: !options.key,
  authOptional: !options.user,
  allowInsecureAuth: true,
  logger: false,
  onConnect(session, callback) {
    lines += 1;
    callback();
  },
  onAuth(auth, session, callback) {
    const right = auth.username === options.user && auth.password === options.password;
    callback(right ? null : no(535, "5.7.8 Wrong user name or password"), { user: auth.username });
  },
  onRcptTo(address, session, callback) {
    const answers = {
      unknown: no(550, "5.1.1 User unknown"),
      busy: no(450, "4.2.1 Try again later"),
      relay: no(550, "Relay not permitted"),
    };
    const name = address.address.split("@")[0];
    if (name === "lost-at-recipient") return drop(session);
    if (name === "silent-at-recipient") return undefined;
    return callback(answers[name] ?? null);
  },
  onData(stream, session, callback) {
    const name = session.envelope.rcptTo[0].address.split("@")[0];
    if (name === "lost-at-data") return drop(session);
    if (name === "lost-in-message") return void stream.once("data", () => drop(session));
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      if (name === "spam") return callback(no(554, "5.7.1 Message refused"));
      if (name === "later") return callback(no(451, "4.3.0 Try again later"));
      say({
        raw: Buffer.concat(chunks).toString("latin1"),
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((to) => to.address),
        secure: session.secure,
        user: session.user ?? null,
        lines,
      });
      if (name === "silent") return undefined;
      if (name === "lost") return drop(session);
      return callback(null, "queued");
    });
    return undefined;
  },
});

function drop(session) {
  for (const connection of server.connections) {
    if (connection.session.id === session.id) connection._socket.destroy();
  }
}

server.on("error", () => {}); // a client that goes away is what some tests are about
server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));
process.stdin.on("end", () => process.exit(0)).resume(); // ends with the test that started it
