"""Moves the slider of page.py from a raw WebSocket and prints, as JSON, what each step cost.

usage: client.py PORT STEPS WARM_UP SESSIONS
"""

import asyncio
import json
import sys
import time

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Session:
    def __init__(self, socket):
        self.socket = socket
        self.slider = None

    async def rerun(self, value=None):
        """Asks for a run and reads to its end; answers (seconds to the changed metric, bytes, frames)."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        if value is not None:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.slider
            state.double_array_value.data.append(value)
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        changed, size, frames = None, 0, 0
        while True:
            data = await self.socket.recv()
            size += len(data)
            frames += 1
            forward = ForwardMsg()
            forward.ParseFromString(data)
            kind = forward.WhichOneof("type")
            if kind == "delta":
                element = forward.delta.new_element
                if element.HasField("slider"):
                    self.slider = element.slider.id
                if value is not None and element.HasField("metric") and element.metric.label == "Level now":
                    changed = time.perf_counter() - start
            if kind == "script_finished":
                end = time.perf_counter() - start
                return (changed if changed is not None else end), size, frames


async def connect(port):
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    socket = await websockets.connect(
        url, subprotocols=["streamlit"], origin=f"http://127.0.0.1:{port}", max_size=None, compression=None
    )
    session = Session(socket)
    await session.rerun()
    return session


async def main(port, steps, warm_up, sessions):
    first = await connect(port)
    for step in range(warm_up):
        await first.rerun(step + 1)
    seconds, sizes, frames = [], [], []
    for step in range(steps):
        taken, size, count = await first.rerun(1_000 + step)
        seconds.append(taken)
        sizes.append(size)
        frames.append(count)
    others = [await connect(port) for _ in range(sessions)]
    each = max(1, steps // 10)

    async def hurry(session):
        for step in range(each):
            await session.rerun(5_000 + step)

    start = time.perf_counter()
    await asyncio.gather(*(hurry(session) for session in others))
    elapsed = time.perf_counter() - start
    rate = len(others) * each / elapsed if others else None
    print(json.dumps({"seconds": seconds, "bytes": sizes, "frames": frames, "perSecond": rate}))


asyncio.run(main(*(int(argument) for argument in sys.argv[1:5])))
