/** A bare WebSocket echo: what any server of this kind must at least do. With `--through`, a second process answers. */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { Socket } from "node:net";
import { WebSocketServer } from "ws";

const questionBytes = 60;
const answer = Buffer.from("x".repeat(850));
const isThrough = process.argv.includes("--through");

if (process.argv.includes("--answering")) answerAll();
else serve(isThrough ? startAnswering() : undefined);

/** Calls back once for each whole message of a fixed size, however the stream is cut. */
function eachMessage(socket: Socket, size: number, then: () => void): void {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    for (bytes += chunk.length; bytes >= size; bytes -= size) then();
  });
}

function answerAll(): void {
  const socket = new Socket({ fd: 3, readable: true, writable: true });
  eachMessage(socket, questionBytes, () => socket.write(answer));
  socket.on("close", () => process.exit(0));
}

function startAnswering(): Socket {
  const stdio = ["ignore", "ignore", "inherit", "pipe"] as const;
  const child = spawn(process.execPath, [process.argv[1] ?? "", "--answering"], { stdio: [...stdio] });
  return child.stdio[3] as Socket;
}

function serve(other: Socket | undefined): void {
  const waiting: (() => void)[] = [];
  if (other !== undefined) eachMessage(other, answer.length, () => waiting.shift()?.());
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket) => {
    const respond = (): void => socket.send(answer, { binary: false });
    socket.on("message", (data: Buffer) => {
      if (other === undefined) return respond();
      waiting.push(respond);
      other.write(data);
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    console.log(typeof address === "object" && address !== null ? address.port : 0);
  });
}
