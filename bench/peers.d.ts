/** The peers are measured, not used: as much of their types as the programs touch. */
declare module 'lcov-parse' {
  export default function lcovParse(
    path: string,
    done: (error: unknown, files?: readonly unknown[]) => void,
  ): void;
}
declare module 'parse-lcov' {
  type Parse = (text: string) => readonly unknown[];
  const parseLcov: Parse | { readonly default: Parse };
  export default parseLcov;
}
declare module '@friedemannsommer/lcov-parser' {
  export function lcovParser(options: { readonly from: NodeJS.ReadableStream }): Promise<readonly unknown[]>;
}
