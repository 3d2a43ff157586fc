import type { Hutong } from '@hutong/client';

/**
 * Asks for the shop's events at `url` and answers the secret that they are signed with. It is told only once: a shop that lives
 * longer than one process keeps it in its settings, and does this once. What an earlier start asked for makes room here.
 */
export async function subscribe(hutong: Hutong, url: string): Promise<string> {
  const { data } = await hutong.get('/v1/webhook-endpoints');
  for (const { id } of data.filter((endpoint) => endpoint.url === url))
    await hutong.delete('/v1/webhook-endpoints/{id}', { path: { id } });
  return (await hutong.post('/v1/webhook-endpoints', { body: { url, description: 'storefront' } })).secret;
}
