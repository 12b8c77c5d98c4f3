"""A soft phone (baresip), an AMI session, and what a recording sounds like.

Everything here drives programs that nobody of this project wrote; nothing decides by how long something took:
what is waited for is waited for until it is there, and its absence within PATIENCE is the failure.
"""

import glob
import json
import math
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import wave

PATIENCE = 15
HOST = "127.0.0.1"
SIP_PORT = int(os.environ["SIP_PORT"])


class Failed(Exception):
    """A step that did not hold."""


def step(text):
    """Says what was seen to hold."""
    print(text, flush=True)


def check(holds, text):
    if not holds:
        raise Failed(text)


def wait_until(holds, what):
    """Waits until something is there, and gives it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise Failed(f"not within {PATIENCE} s: {what}")


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Ami:
    """A session with the manager; every packet that came is kept."""

    def __init__(self, events="on"):
        self.socket = socket.create_connection((HOST, int(os.environ["AMI_PORT"])), PATIENCE)
        self.bytes = b""
        self.packets = []
        self.looked = 0
        self.greeting = self._line()
        self.number = 0
        answer = self.ask(
            "Login", Username=os.environ["AMI_USER"], Secret=os.environ["AMI_SECRET"], Events=events
        )
        check(answer["Response"] == "Success", f"login: {answer}")

    def ask(self, action, **fields):
        """The answer to an action; `Variable_1` and the like stand for repeated keys."""
        self.number += 1
        mine = f"{action}-{self.number}"
        lines = [f"Action: {action}", f"ActionID: {mine}"]
        lines += [f"{key.split('_')[0]}: {value}" for key, value in fields.items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        start = len(self.packets)
        while True:
            for packet in self.packets[start:]:
                if packet.get("ActionID") == mine and "Response" in packet:
                    return packet
            start = len(self.packets)
            self._more()

    def event(self, name, **fields):
        """The next event of this name with these fields, of those after the last one that was asked for."""
        until = time.monotonic() + PATIENCE
        at = self.looked
        while time.monotonic() < until:
            while at < len(self.packets):
                packet = self.packets[at]
                at += 1
                if packet.get("Event") == name and all(
                    packet.get(key) == value for key, value in fields.items()
                ):
                    self.looked = at
                    return packet
            self._more(until)
        said = "\n".join(str(packet) for packet in self.packets[self.looked :])
        raise Failed(f"no {name} with {fields} within {PATIENCE} s; these came:\n{said}")

    def channels(self):
        """The names of all channels."""
        start = len(self.packets)
        self.ask("CoreShowChannels")
        while not any(
            packet.get("Event") == "CoreShowChannelsComplete" for packet in self.packets[start:]
        ):
            self._more()
        return [
            packet["Channel"]
            for packet in self.packets[start:]
            if packet.get("Event") == "CoreShowChannel"
        ]

    def quiet(self):
        """Waits until no channel is left."""
        wait_until(lambda: not self.channels(), "no channel left")

    def last_text(self):
        """The newest answer as it came."""
        return self.answer

    def _line(self):
        while b"\r\n" not in self.bytes:
            self.bytes += self.socket.recv(65536)
        line, self.bytes = self.bytes.split(b"\r\n", 1)
        return line.decode()

    def _more(self, until=None):
        self.socket.settimeout(max(0.05, (until or time.monotonic() + PATIENCE) - time.monotonic()))
        try:
            more = self.socket.recv(65536)
        except socket.timeout:
            return
        check(more, "the switch closed the manager's connection")
        self.bytes += more
        while b"\r\n\r\n" in self.bytes:
            packet, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
            fields = {}
            text = packet.decode("utf-8", "replace")
            for line in text.split("\r\n"):
                key, _, value = line.partition(": ")
                fields.setdefault(key.rstrip(":"), value)
            self.packets.append(fields)
            if "Response" in fields:
                self.answer = text


class Phone:
    """A baresip that registers as `name`, says a sine and writes down what it hears.

    One with a `contact`, to which it sends texts, prints every message of SIP. `more` are modules that it has besides, `contacts` the lines of its address book.
    """

    def __init__(
        self,
        name,
        codec="pcmu",
        hertz=1000,
        secret="phone-secret",
        account="",
        register=True,
        transport="udp",
        port=SIP_PORT,
        settings=(),
        more=(),
        contacts="",
        contact="",
    ):
        self.name = name
        self.directory = tempfile.mkdtemp(prefix=f"phone-{name}-")
        self.control = free_port()
        self.at = f"{HOST}:{port};transport={transport}"
        own_port = free_port()
        modules = next(
            iter(glob.glob("/usr/lib/baresip/modules") + glob.glob("/usr/lib/*/baresip/modules")), None
        )
        check(shutil.which("baresip") and modules, "baresip is not installed; ./test installs it")
        wanted = "g711 g722 opus aubridge ausine sndfile srtp".split()
        lines = [
            "poll_method epoll",
            f"sip_listen {HOST}:{own_port}",
            f"audio_source ausine,{hertz}",
            "audio_player aubridge,nowhere",
            "audio_alert aubridge,alert",
            "ausrc_srate 48000",
            "ausrc_channels 2",
            "audio_buffer 20-160",
            "audio_jitter_buffer_type adaptive",
            f"module_path {modules}",
            *[f"module {module}.so" for module in wanted],
            "module_tmp account.so",
            "module_app contact.so",
            *[f"module_app {module}.so" for module in more],
            "module_app menu.so",
            "module_app ctrl_tcp.so",
            f"ctrl_tcp_listen {HOST}:{self.control}",
            f"snd_path {self.directory}",
            *settings,
        ]
        self._write("config", "\n".join(lines) + "\n")
        interval = 60 if register else 0
        self._write(
            "accounts",
            f"<sip:{name}@{self.at}>;auth_user={name};auth_pass={secret};"
            f"regint={interval};audio_codecs={codec};{account}\n",
        )
        address = f"sip:{contact}@{HOST}:{SIP_PORT}" if contact else ""
        self._write("contacts", f'"{contact}" <{address}>\n{contacts}' if contact else contacts)
        self._write("current_contact", address)
        trace = ["-s"] if contact else []
        self.log = open(os.path.join(self.directory, "log"), "w+b")
        self.process = subprocess.Popen(
            ["baresip", "-f", self.directory, *trace], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )
        self.events = []
        self.bytes = b""
        self.socket = wait_until(self._connect, f"baresip of {name} listens")
        self.socket.setblocking(False)

    def _write(self, file, text):
        with open(os.path.join(self.directory, file), "w", encoding="utf-8") as out:
            out.write(text)

    def _connect(self):
        check(self.process.poll() is None, f"baresip of {self.name} ended:\n{self.said()}")
        try:
            return socket.create_connection((HOST, self.control), 1)
        except OSError:
            return None

    def said(self):
        """What it has printed."""
        with open(os.path.join(self.directory, "log"), "rb") as log:
            return log.read().decode("utf-8", "replace")

    def do(self, command, parameters=""):
        """Has it do something, as somebody at its keys would."""
        message = json.dumps({"command": command, "params": parameters}).encode()
        self.socket.sendall(b"%d:%s," % (len(message), message))

    def event(self, kind):
        """The next thing of this kind that befell it, such as `CALL_ESTABLISHED`."""

        def look():
            self._read()
            for at, event in enumerate(self.events):
                if event.get("type") == kind:
                    del self.events[: at + 1]
                    return event
            return None

        try:
            return wait_until(look, f"{kind} at {self.name}")
        except Failed as failed:
            raise Failed(f"{failed}; it said:\n{self.said()}") from None

    def _read(self):
        try:
            while True:
                more = self.socket.recv(65536)
                if not more:
                    break
                self.bytes += more
        except BlockingIOError:
            pass
        while b":" in self.bytes:
            size, rest = self.bytes.split(b":", 1)
            size = int(size)
            if len(rest) <= size:
                break
            message, self.bytes = json.loads(rest[:size]), rest[size + 1 :]
            if message.get("event"):
                self.events.append(message)

    def registered(self):
        """Waits until it is. It may be before anybody listens to its events, so what it prints is looked at."""
        wait_until(
            lambda: "200 OK" in self.said(), f"{self.name} is registered:\n{self.said()}"
        )
        return self

    def refused(self):
        """Waits until its registration is."""
        wait_until(lambda: "401 Unauthorized" in self.said(), f"{self.name} is refused:\n{self.said()}")

    def dial(self, number):
        self.do("dial", f"sip:{number}@{self.at}")

    def text(self, text):
        """Sends a text to its contact, outside of any call."""
        self.do("message", text)

    def hang_up(self):
        self.do("hangup")

    def heard(self, seconds=1.0):
        """The newest second (or so) that it heard: samples and their rate. Waits until there is as much."""

        def look():
            files = sorted(glob.glob(os.path.join(self.directory, "*-dec.wav")), key=os.path.getmtime)
            if not files:
                return None
            # The header is right only once the file is closed, so it is read past it.
            with open(files[-1], "rb") as file:
                head = file.read(44)
                if len(head) < 44:
                    return None
                channels, rate = struct.unpack_from("<HI", head, 22)
                data = file.read()
            count = len(data) // 2 // channels
            samples = struct.unpack(f"<{count * channels}h", data[: count * channels * 2])[::channels]
            wanted = int(rate * seconds)
            return (samples[-wanted:], rate) if count >= wanted * 2 else None

        return wait_until(look, f"{self.name} hears for {seconds} s")

    def hears(self, hertz):
        """Waits until a second of this tone was heard, and hardly anything else."""
        wait_until(lambda: is_tone(self.heard(), hertz), f"{self.name} hears {hertz} Hz")

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.socket.close()
        self.log.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def level(samples, rate, hertz):
    """How much of a pure tone is in a sound: its amplitude (Goertzel)."""
    turn = 2 * math.pi * hertz / rate
    real = sum(sample * math.cos(turn * at) for at, sample in enumerate(samples))
    imaginary = sum(sample * math.sin(turn * at) for at, sample in enumerate(samples))
    return 2 * math.hypot(real, imaginary) / max(1, len(samples))


def is_tone(heard, hertz):
    """Whether a sound is this tone and hardly anything else: nine tenths of its power."""
    samples, rate = heard
    power = sum(sample * sample for sample in samples) / max(1, len(samples))
    tone = level(samples, rate, hertz)
    return power > 1000 and tone * tone / 2 > 0.9 * power


def main(test):
    """Runs a test; its failure is said in one line and is the exit status."""
    try:
        test()
    except Failed as failed:
        print(f"failed: {failed}", flush=True)
        sys.exit(1)
