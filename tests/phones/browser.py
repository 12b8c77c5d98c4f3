"""A browser (Debian's chromium) in which JsSIP makes phones: see browser/page.js."""

import http.server
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading

from phone import HOST, PATIENCE, Failed, check, is_tone, wait_until

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "browser")
MODULES = os.environ["NODE_PATH"]
WS_PORT = os.environ["PEER_PORT"]

# Rate at which the page listens.
RATE = 48000


class Page(http.server.BaseHTTPRequestHandler):
    """Gives the page, the modules that it is made of, and what it is to do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/job":
            try:
                job = self.server.jobs.get(timeout=PATIENCE)
            except queue.Empty:
                job = ""
            return self._give(200, "text/plain", job.encode())
        path = self.path.lstrip("/")
        root = HERE
        if path.startswith("modules/"):
            root, path = MODULES, path.removeprefix("modules/")
        try:
            with open(os.path.join(root, path), "rb") as file:
                text = file.read()
        except OSError:
            return self._give(404, "text/plain", b"")
        kind = "text/html" if path.endswith(".html") else "text/javascript"
        return self._give(200, kind, text)

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.answers.put(json.loads(self.rfile.read(length)))
        self._give(200, "text/plain", b"")

    def _give(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Browser:
    """A headless chromium that shows the page."""

    def __init__(self):
        program = shutil.which("chromium")
        check(program, "chromium is not installed; ./test installs it")
        self.server = http.server.ThreadingHTTPServer((HOST, 0), Page)
        self.server.daemon_threads = True
        self.server.jobs, self.server.answers = queue.Queue(), queue.Queue()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.directory = tempfile.mkdtemp(prefix="browser-")
        self.log = open(os.path.join(self.directory, "log"), "w+b")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection",
            "--enable-logging=stderr",
            f"--user-data-dir={self.directory}/profile",
        ]
        self.process = subprocess.Popen(
            [program, *flags, f"http://{HOST}:{self.server.server_port}/page.html"],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )

    def said(self):
        """What the page has printed; the browser's own complaints about the machine are not of interest."""
        with open(os.path.join(self.directory, "log"), "rb") as log:
            lines = log.read().decode("utf-8", "replace").splitlines()
        return "\n".join(line for line in lines if "CONSOLE" in line)

    def do(self, job, patience=2 * PATIENCE):
        """Has the page do something, and gives what comes of it."""
        self.server.jobs.put(job)
        try:
            answer = self.server.answers.get(timeout=patience)
        except queue.Empty:
            raise Failed(f"nothing came of {job}; the browser said:\n{self.said()}") from None
        if "error" in answer:
            raise Failed(f"{job}: {answer['error']}; the browser said:\n{self.said()}")
        return answer.get("value")

    def register(self, name, hertz, secret="phone-secret"):
        """A phone in the page, which says a tone to whom it talks with."""
        url = f"ws://{HOST}:{WS_PORT}/ws"
        words = ", ".join(json.dumps(word) for word in (name, url, HOST, secret, hertz))
        self.do(f"register({words})")

    def call(self, name, number):
        self.do(f"call({json.dumps(name)}, {json.dumps(f'sip:{number}@{HOST}')})")

    def hang_up(self, name):
        self.do(f"hangUp({json.dumps(name)})")

    def counted(self, name):
        return self.do(f"counted({json.dumps(name)})")

    def hears(self, name, hertz):
        """Waits until this phone hears a tone, and hardly anything else."""

        def look():
            samples = self.do(f"heard({json.dumps(name)})")
            return samples and is_tone((samples, RATE), hertz)

        try:
            wait_until(look, f"{name} hears {hertz} Hz")
        except Failed as failed:
            raise Failed(f"{failed}; {self.counted(name)}; the browser said:\n{self.said()}") from None

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.server.shutdown()
        self.log.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
