// JsSIP as phones in a browser. The test sends what is to be done, and gets what came of it.
"use strict";

// JsSIP comes as modules for Node; this is as much of Node's `require` as it needs.
const MAINS = {
  jssip: "jssip/lib/JsSIP.js",
  debug: "debug/src/browser.js",
  ms: "ms/index.js",
  events: "events/events.js",
  "sdp-transform": "sdp-transform/lib/index.js",
};
const loaded = {};
function fetched(path) {
  const request = new XMLHttpRequest();
  request.open("GET", path, false);
  request.send();
  return request.status === 200 ? request.responseText : null;
}
// Where npm has put a module: beside JsSIP, or under it where another one needs another version.
function installed(name) {
  const own = "/modules/jssip/node_modules/" + MAINS[name];
  return fetched(own) === null ? "/modules/" + MAINS[name] : own;
}
function load(path) {
  if (loaded[path]) return loaded[path].exports;
  const module = (loaded[path] = { exports: {} });
  const text = fetched(path);
  if (text === null) throw new Error(`no module ${path}`);
  if (path.endsWith(".json")) {
    module.exports = JSON.parse(text);
  } else {
    const require = (name) => {
      if (MAINS[name]) return load(installed(name));
      const at = new URL(name, location.origin + path).pathname;
      return load(/\.js(on)?$/.test(at) ? at : at + ".js");
    };
    new Function("module", "exports", "require", "process", `${text}\n//# sourceURL=${path}`)(
      module, module.exports, require, { env: {} });
  }
  return module.exports;
}
const JsSIP = load(installed("jssip"));

const context = new AudioContext({ sampleRate: 48000 });
const phones = {};

/** Resolves with the first of these events, rejects with the first of those. */
function first(emitter, good, bad) {
  return new Promise((resolve, reject) => {
    for (const name of good) emitter.once(name, resolve);
    for (const name of bad) {
      emitter.once(name, (event) => reject(new Error(`${name}: ${event && event.cause}`)));
    }
  });
}

/** A phone that registers, answers every call and says a tone. */
async function register(name, url, host, secret, hertz) {
  await context.resume();
  const tone = new OscillatorNode(context, { frequency: hertz });
  const level = new GainNode(context, { gain: 0.3 });
  const out = new MediaStreamAudioDestinationNode(context);
  tone.connect(level).connect(out);
  tone.start();
  const phone = { stream: out.stream, session: null, ears: null, ended: null, mangle: null };
  phone.ua = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(url)],
    uri: `sip:${name}@${host}`,
    password: secret,
    register_expires: 120,
  });
  phone.ua.on("newRTCSession", ({ originator, session }) => {
    phone.session = session;
    phone.ears = null;
    phone.ended = null;
    const listen = (connection) => connection.addEventListener("track", ({ track }) => hear(phone, track));
    if (session.connection) listen(session.connection);
    else session.on("peerconnection", ({ peerconnection }) => listen(peerconnection));
    session.on("sdp", (event) => {
      if (phone.mangle && event.originator === "local") event.sdp = phone.mangle(event.sdp);
    });
    session.on("ended", (event) => (phone.ended = `${event.originator} ${event.cause}`));
    session.on("failed", (event) => (phone.ended = `${event.originator} ${event.cause}`));
    if (originator === "remote") session.answer({ mediaStream: phone.stream });
  });
  phones[name] = phone;
  const registered = first(phone.ua, ["registered"], ["registrationFailed"]);
  phone.ua.start();
  await registered;
}

function hear(phone, track) {
  const stream = new MediaStream([track]);
  // A stream that no element plays is not decoded.
  phone.player = new Audio();
  phone.player.srcObject = stream;
  phone.player.muted = true;
  phone.player.play();
  phone.ears = new AnalyserNode(context, { fftSize: 32768 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(phone.ears);
}

/** Calls, and waits for the answer. */
async function call(name, target) {
  const phone = phones[name];
  const session = phone.ua.call(target, { mediaStream: phone.stream });
  await first(session, ["confirmed"], ["failed"]);
}

/** What was heard lately, as 16-bit samples. */
function heard(name) {
  const { ears } = phones[name];
  if (!ears) return null;
  const samples = new Float32Array(ears.fftSize);
  ears.getFloatTimeDomainData(samples);
  return Array.from(samples, (sample) => Math.round(sample * 32767));
}

/** What the browser counted of a call. */
async function counted(name) {
  const report = [...(await phones[name].session.connection.getStats()).values()];
  const of = (type) => report.find((entry) => entry.type === type) || {};
  const [into, out, transport] = [of("inbound-rtp"), of("outbound-rtp"), of("transport")];
  const codec = report.find((entry) => entry.id === into.codecId) || {};
  return {
    received: into.packetsReceived || 0,
    sent: out.packetsSent || 0,
    codec: codec.mimeType,
    dtls: transport.dtlsState,
    suite: transport.srtpCipher,
    version: transport.tlsVersion,
    reported: of("remote-inbound-rtp").roundTripTime !== undefined,
  };
}

function hangUp(name) {
  phones[name].session.terminate();
}

(async () => {
  for (;;) {
    const job = await (await fetch("/job")).text();
    if (job === "") continue;
    let answer;
    try {
      answer = { value: await new Function(`return (async () => ${job})()`)() };
    } catch (error) {
      answer = { error: String(error) };
    }
    await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });
  }
})();
