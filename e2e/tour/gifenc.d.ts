/** What the tour uses of gifenc, which brings no types of its own. Under Node it is a CommonJS module. */
declare module "gifenc" {
  type Palette = readonly (readonly number[])[];

  interface GifStream {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        readonly palette?: Palette;
        readonly delay: number;
        readonly transparent: boolean;
        readonly transparentIndex: number;
        readonly dispose: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  const gifenc: {
    GIFEncoder(): GifStream;
    quantize(rgba: Uint8Array, most: number): Palette;
  };
  // oxlint-disable-next-line import/no-default-export -- it is what the package has
  export default gifenc;
}
