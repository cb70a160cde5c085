// A server that answers every POST at once with a link: what is left is the client's own time.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let count = 0;
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    count += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ link: `http://127.0.0.1/${count}` }));
  });
});
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens always has an AddressInfo.
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
