"""A mail server that throws every mail away and counts: light, so that the sender is measured and not the receiver.

The verb STAT, which is not SMTP, tells how many mails and octets came, and when the last one did (time.time()).
"""

import asyncio
import sys
import time

COUNT = {"mails": 0, "octets": 0, "last": 0.0}
ANSWERS = {"EHLO": b"250-sink\r\n250 8BITMIME\r\n", "DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}
END = b"\r\n.\r\n"


async def talk(reader, writer):
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].decode("ascii", "replace").upper()
        writer.write(answer(verb))
        if verb == "DATA":
            await writer.drain()
            COUNT["octets"] += len(await reader.readuntil(END)) - len(END)
            COUNT["mails"] += 1
            COUNT["last"] = time.time()
            writer.write(b"250 taken\r\n")
        if verb == "QUIT":
            break
    writer.close()


def answer(verb) -> bytes:
    if verb == "STAT":
        return "250 {mails} {octets} {last}\r\n".format(**COUNT).encode()
    return ANSWERS.get(verb, b"250 fine\r\n")


async def serve(port):
    server = await asyncio.start_server(talk, "127.0.0.1", port, limit=2**24)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
