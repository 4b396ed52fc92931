import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SetupError } from './setup-error.ts';

/**
 * A port on 127.0.0.1 that nobody listens on.
 *
 * @param wanted - a port that must be the one; without it the system picks
 * @throws SetupError when the wanted port is taken
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    throw new SetupError(
      `Port ${wanted} is in use: stop the program that listens there, or choose another port with --port.`,
    );
  }
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
