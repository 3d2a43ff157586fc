/** The storage that class-transformer itself reads: one instance for its CommonJS build, which is the one that Node loads. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
