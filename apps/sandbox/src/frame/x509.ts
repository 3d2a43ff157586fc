/** The library that makes certificates, loaded when the first one is made: a sandbox that has its keys starts without it. */
export async function x509(): Promise<typeof import('@peculiar/x509')> {
  // Its container reads decorators' metadata while it loads.
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
