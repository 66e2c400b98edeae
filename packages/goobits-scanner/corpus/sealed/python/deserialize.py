#: bad worker
import socket
from pickle import Unpickler
from io import BytesIO


def serve(port):
    server = socket.create_server(("0.0.0.0", port))
    while True:
        connection, _ = server.accept()
        data = connection.recv(65536)
        job = Unpickler(BytesIO(data)).load() #!
        connection.sendall(str(job["id"]).encode())
        connection.close()
#: good worker
import json
import socket
from io import BytesIO


def serve(port):
    server = socket.create_server(("127.0.0.1", port))
    while True:
        connection, _ = server.accept()
        data = connection.recv(65536)
        job = json.load(BytesIO(data))
        connection.sendall(str(job["id"]).encode())
        connection.close()
