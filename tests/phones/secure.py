"""Phones over TLS and TCP, encrypted sound, certificates that are read anew, and those who do it wrong."""

import os
import socket
import ssl
import subprocess
import tempfile

from phone import HOST, PATIENCE, SIP_PORT, Ami, Phone, check, free_port, main, step, wait_until

ETC = os.environ["SWITCH_ETC"]

CONF = """
[tls]
type = transport
protocol = tls
bind = 127.0.0.1:{tls}
cert_file = {own}/server.pem
priv_key_file = {own}/server.key

[strict]
type = transport
protocol = tls
bind = 127.0.0.1:{strict}
cert_file = {own}/server.pem
priv_key_file = {own}/server.key
ca_list_file = {own}/ca.pem
verify_client = yes
require_client_cert = yes
method = tlsv1_3

[wss]
type = transport
protocol = wss
bind = 127.0.0.1:{wss}
cert_file = {own}/server.pem
priv_key_file = {own}/server.key

[secure](!)
type = endpoint
context = phones
disallow = all
allow = ulaw
direct_media = no
media_encryption = sdes

[secure1](secure)
auth = secure1
aors = secure1
[secure1](auth)
username = secure1
[secure1](aor)

[secure2](secure)
auth = secure2
aors = secure2
[secure2](auth)
username = secure2
[secure2](aor)
"""

OPTIONS = (
    "OPTIONS sip:{host} SIP/2.0\r\nVia: SIP/2.0/{by} {host}:1;rport;branch=z9hG4bK{branch}\r\n"
    "Max-Forwards: 70\r\nFrom: <sip:trunk@{host}>;tag=1\r\nTo: <sip:{host}>\r\nCall-ID: {branch}\r\n"
    "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
)


class Certificates:
    """Authorities and what they sign, in a directory."""

    def __init__(self, directory):
        self.directory = directory
        for ca in ("ca", "other-ca"):
            self._openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", f"/CN={ca}", "-keyout", f"{ca}.key", "-out", f"{ca}.pem",
            )  # fmt: skip

    def sign(self, name, ca="ca"):
        """A new certificate for 127.0.0.1."""
        self._openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.csr",
        )  # fmt: skip
        with open(os.path.join(self.directory, "extensions"), "w", encoding="ascii") as file:
            file.write(f"subjectAltName=IP:{HOST}\n")
        self._openssl(
            "x509", "-req", "-in", f"{name}.csr", "-CA", f"{ca}.pem", "-CAkey", f"{ca}.key", "-CAcreateserial",
            "-days", "2", "-extfile", "extensions", "-out", f"{name}.pem",
        )  # fmt: skip

    def path(self, file):
        return os.path.join(self.directory, file)

    def _openssl(self, *arguments):
        done = subprocess.run(
            ["openssl", *arguments], cwd=self.directory, capture_output=True, text=True, check=False
        )
        check(done.returncode == 0, f"openssl {arguments[0]}: {done.stderr}")


def connect(port, certificates, own=None, newest=None):
    """A connection with TLS to the switch, whose certificate has to be right."""
    context = ssl.create_default_context(cafile=certificates.path("ca.pem"))
    if own:
        context.load_cert_chain(certificates.path(f"{own}.pem"), certificates.path(f"{own}.key"))
    if newest:
        context.maximum_version = newest
    plain = socket.create_connection((HOST, port), PATIENCE)
    try:
        return context.wrap_socket(plain, server_hostname=HOST)
    except BaseException:
        plain.close()
        raise


def answered(connection, by="TLS", branch="1"):
    """Whether an OPTIONS over this connection is answered; not where the switch closes it."""
    try:
        connection.sendall(OPTIONS.format(host=HOST, by=by, branch=branch).encode())
        return connection.recv(4096).startswith(b"SIP/2.0 ")
    except (ConnectionError, ssl.SSLError):
        return False


def refused(port, certificates, **how):
    """Whether the switch does not talk to somebody who comes so."""
    try:
        with connect(port, certificates, **how) as connection:
            return not answered(connection)
    except (ConnectionError, ssl.SSLError):
        return True


def log():
    """What the switch has printed."""
    with open(os.path.join(ETC, "..", "log"), encoding="utf-8", errors="replace") as file:
        return file.read()


def reload(ami):
    answer = ami.ask("Command", Command="pjsip reload")
    check(answer["Response"] == "Success", str(answer))


def phones(ami, ports, certificates):
    settings = [f"sip_cafile {certificates.path('ca.pem')}"]
    how = {"transport": "tls", "port": ports["tls"], "settings": settings}
    srtp = "mediaenc=srtp-mand"
    with (
        Phone("secure1", hertz=440, account=srtp, **how) as one,
        Phone("secure2", hertz=1000, account=f"{srtp};answermode=auto", **how) as two,
        Phone("ulaw1", hertz=600, account="answermode=auto", transport="tcp") as plain,
    ):
        for phone in (one, two, plain):
            phone.registered()
        step("two phones register over TLS, one over TCP")
        one.dial("secure2")
        one.event("CALL_ESTABLISHED")
        two.event("CALL_ESTABLISHED")
        one.hears(1000)
        two.hears(440)
        step("they hear each other's encrypted sound")
        one.hang_up()
        two.event("CALL_CLOSED")
        ami.quiet()
        one.dial("ulaw1")
        one.event("CALL_ESTABLISHED")
        plain.event("CALL_ESTABLISHED")
        one.hears(600)
        plain.hears(440)
        step("encrypted sound over TLS and plain sound over TCP are one call")
        plain.hang_up()
        one.event("CALL_CLOSED")
        ami.quiet()


def strangers(ports, certificates):
    with connect(ports["tls"], certificates) as connection:
        check(answered(connection), "OPTIONS over TLS is answered")
        old = connection.getpeercert()["serialNumber"]
    for how, right in (
        ({}, False),
        ({"own": "stranger"}, False),
        ({"own": "guest", "newest": ssl.TLSVersion.TLSv1_2}, False),
        ({"own": "guest"}, True),
    ):
        check(refused(ports["strict"], certificates, **how) != right, f"{how} is taken: {right}")
    step("who has no certificate of our authority, or an old version, is not talked to")

    # Plain text where TLS is spoken, and many who say nothing: others do not wait for them.
    silent = [socket.create_connection((HOST, ports["tls"]), PATIENCE) for _ in range(100)]
    with socket.create_connection((HOST, ports["tls"]), PATIENCE) as wrong:
        wrong.sendall(OPTIONS.format(host=HOST, by="TCP", branch="p").encode())
        wrong.settimeout(PATIENCE)
        while wrong.recv(4096):
            pass
    wait_until(lambda: f"no TLS with {HOST}" in log(), "the log tells of who does not speak TLS")
    with connect(ports["tls"], certificates) as connection:
        check(answered(connection, branch="2"), "OPTIONS is answered beside a hundred who say nothing")
    for one in silent:
        one.close()
    step("plain text is closed with a warning, and who says nothing keeps nobody waiting")
    return old


def renewed(ami, ports, certificates, old):
    with connect(ports["tls"], certificates) as before:
        check(answered(before, branch="3"), "answered before the reload")
        certificates.sign("server")
        reload(ami)

        def is_new():
            with connect(ports["tls"], certificates) as connection:
                return connection.getpeercert()["serialNumber"] != old

        wait_until(is_new, "the new certificate is shown")
        check(answered(before, branch="4"), "an open connection goes on")
    with open(certificates.path("server.pem"), "w", encoding="ascii") as file:
        file.write("no certificate\n")
    reload(ami)
    wait_until(lambda: "stay what they were" in log(), "a broken file is told")
    with connect(ports["tls"], certificates) as connection:
        check(answered(connection, branch="5"), "a broken file changes nothing")
    step("a new certificate is taken at a reload, a broken one is told and not taken")


def web(ports, certificates):
    with connect(ports["wss"], certificates) as connection:
        connection.sendall(
            f"GET /ws HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: sip\r\n\r\n".encode()
        )
        head = connection.recv(4096)
        check(head.startswith(b"HTTP/1.1 101 ") and b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head, str(head))
        text = OPTIONS.format(host=HOST, by="WSS", branch="6").encode()
        # A frame of text, with a mask of zeros.
        connection.sendall(b"\x81\xfe" + len(text).to_bytes(2, "big") + bytes(4) + text)
        frame = connection.recv(4096)
        check(frame[0] == 0x81 and b"SIP/2.0 " in frame, str(frame))
    step("a WebSocket over TLS carries SIP")


def test():
    ami = Ami()
    with tempfile.TemporaryDirectory(prefix="certificates-") as directory:
        certificates = Certificates(directory)
        for name in ("server", "guest"):
            certificates.sign(name)
        certificates.sign("stranger", ca="other-ca")
        ports = {name: free_port() for name in ("tls", "strict", "wss")}
        conf = os.path.join(ETC, "pjsip_secure.conf")
        with open(conf, "w", encoding="ascii") as file:
            file.write(CONF.format(own=directory, **ports))
        try:
            reload(ami)
            phones(ami, ports, certificates)
            old = strangers(ports, certificates)
            renewed(ami, ports, certificates, old)
            web(ports, certificates)
        finally:
            os.remove(conf)
            reload(ami)
    with socket.create_connection((HOST, SIP_PORT), PATIENCE) as connection:
        check(answered(connection, by="TCP", branch="7"), "the others are listened on as before")
    step("what a reload no longer names is left off, and the rest stays")


main(test)
