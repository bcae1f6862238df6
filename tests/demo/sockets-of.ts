/** How many sockets a server has, as it says itself. */
export async function socketsOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^socket_io_connected\S* (\d+)$/m.exec(text)?.[1]);
}
